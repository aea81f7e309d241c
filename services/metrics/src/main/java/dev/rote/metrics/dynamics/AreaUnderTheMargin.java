package dev.rote.metrics.dynamics;

import dev.rote.v1.ExampleScore.Suspect;

/**
 * Mean over epochs of the margin {@code z_y - max over k != y of z_k}, summed in float64, up to an
 * epoch.
 *
 * <p>Source: Pleiss et al., NeurIPS 2020, section 3, equations 1 and 2. Differs from the paper:
 * none.
 */
final class AreaUnderTheMargin implements TraceMeasure {
  private final int last;
  private final int[] seen;
  private final double[] sum;

  /**
   * Before any epoch.
   *
   * @param last epoch that counts
   */
  AreaUnderTheMargin(int examples, int last) {
    this.last = last;
    this.seen = new int[examples];
    this.sum = new double[examples];
  }

  @Override
  public Suspect suspect() {
    return Suspect.LOW;
  }

  @Override
  public void take(int example, int epoch, Sight sight) {
    if (epoch <= last) {
      seen[example]++;
      sum[example] += sight.margin();
    }
  }

  @Override
  public double value(int example) {
    return seen[example] == 0 ? Double.NaN : sum[example] / seen[example];
  }
}
