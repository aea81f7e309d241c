package dev.rote.metrics.dynamics;

import dev.rote.metrics.examples.ExampleSet;
import dev.rote.v1.DynamicsValues;
import dev.rote.v1.ExampleScore.Suspect;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Area under the margin of an example minus the threshold, the 99th percentile of that of the
 * examples of the threshold class, between neighbouring ones linearly. Examples of that class have
 * none, and without them nobody has.
 *
 * <p>Source: Pleiss et al., NeurIPS 2020, section 4. Differs from the paper: none.
 */
final class AumOverThreshold implements TraceMeasure {
  private static final double PERCENTILE = 0.99;

  private final ExampleSet examples;
  private final AreaUnderTheMargin area;
  private double threshold = Double.NaN;
  private boolean known;

  /**
   * Before any epoch.
   *
   * @param last epoch that counts
   */
  AumOverThreshold(ExampleSet examples, int last) {
    this.examples = examples;
    this.area = new AreaUnderTheMargin(examples.size(), last);
  }

  @Override
  public Suspect suspect() {
    return area.suspect();
  }

  @Override
  public void take(int example, int epoch, Sight sight) {
    known = false;
    area.take(example, epoch, sight);
  }

  @Override
  public double value(int example) {
    return examples.thresholdClass(example) ? Double.NaN : area.value(example) - threshold();
  }

  /** The threshold as it is now; NaN without an example of its class that was looked at. */
  double threshold() {
    if (!known) {
      double[] areas =
          IntStream.range(0, examples.size())
              .filter(examples::thresholdClass)
              .mapToDouble(area::value)
              .filter(value -> !Double.isNaN(value))
              .sorted()
              .toArray();
      threshold = percentile(areas);
      known = true;
    }
    return threshold;
  }

  private static double percentile(double[] sorted) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double at = PERCENTILE * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  /** Writes the threshold, and what is at most at it. */
  void write(DynamicsValues.Builder values) {
    int[] judged =
        IntStream.range(0, examples.size()).filter(i -> !Double.isNaN(value(i))).toArray();
    int[] below = Arrays.stream(judged).filter(i -> value(i) <= 0).toArray();
    double corrupted = Arrays.stream(judged).filter(this::corrupted).count();
    double found = Arrays.stream(below).filter(this::corrupted).count();
    values
        .setAumThreshold(threshold())
        .setBelowThreshold(judged.length == 0 ? Double.NaN : below.length / (double) judged.length)
        .setBelowThresholdPrecision(below.length == 0 ? Double.NaN : found / below.length)
        .setBelowThresholdRecall(corrupted == 0 ? Double.NaN : found / corrupted);
  }

  private boolean corrupted(int example) {
    return examples.inputReplaced(example)
        || examples.label(example) != examples.sourceLabel(example);
  }
}
