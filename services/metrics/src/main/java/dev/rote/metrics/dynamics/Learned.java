package dev.rote.metrics.dynamics;

import dev.rote.v1.ExampleScore.Suspect;
import java.util.Arrays;

/**
 * First epoch from which on the prediction of an example is its final one, right or wrong.
 *
 * <p>Source: Baldock, Maennel and Neyshabur, NeurIPS 2021, section 2, "iteration learned". Differs
 * from the paper: counts epochs, not steps.
 */
final class Learned implements TraceMeasure {
  private static final int NONE = -1;

  private final int[] prediction;
  private final int[] since;

  Learned(int examples) {
    this.prediction = new int[examples];
    this.since = new int[examples];
    Arrays.fill(prediction, NONE);
  }

  @Override
  public Suspect suspect() {
    return Suspect.HIGH;
  }

  @Override
  public void take(int example, int epoch, Sight sight) {
    if (sight.predicted() != prediction[example]) {
      prediction[example] = sight.predicted();
      since[example] = epoch;
    }
  }

  @Override
  public double value(int example) {
    return prediction[example] == NONE ? Double.NaN : since[example];
  }
}
