package dev.rote.metrics.dynamics;

import dev.rote.v1.ExampleScore.Suspect;

/**
 * Standard deviation over epochs of the probability of the label, {@code sqrt(sum_e (p_e - mean)^2
 * / E)}, in float64 by Welford's recurrence.
 *
 * <p>Source: Swayamdipta et al., EMNLP 2020, section 2, "variability". Differs from the paper:
 * none.
 */
final class Variability implements TraceMeasure {
  private final int[] seen;
  private final double[] mean;
  private final double[] squares;

  Variability(int examples) {
    this.seen = new int[examples];
    this.mean = new double[examples];
    this.squares = new double[examples];
  }

  @Override
  public Suspect suspect() {
    return Suspect.HIGH;
  }

  @Override
  public void take(int example, int epoch, Sight sight) {
    double probability = sight.probability();
    double before = probability - mean[example];
    seen[example]++;
    mean[example] += before / seen[example];
    squares[example] += before * (probability - mean[example]);
  }

  @Override
  public double value(int example) {
    return seen[example] == 0 ? Double.NaN : Math.sqrt(squares[example] / seen[example]);
  }
}
