package dev.rote.metrics.dynamics;

import dev.rote.v1.ExampleScore.Suspect;

/**
 * First epoch at which an example is right. One that never was is censored: it takes at least an
 * epoch more than were looked at.
 *
 * <p>Source: Toneva et al., ICLR 2019, section 3, "first learning event". Differs from the paper:
 * counts epochs, and says that an example was never learned instead of leaving it out.
 */
final class FirstLearned implements TraceMeasure {
  private final int[] first;
  private final int[] seen;

  FirstLearned(int examples) {
    this.first = new int[examples];
    this.seen = new int[examples];
  }

  @Override
  public Suspect suspect() {
    return Suspect.HIGH;
  }

  @Override
  public void take(int example, int epoch, Sight sight) {
    seen[example] = epoch;
    if (sight.right() && first[example] == 0) {
      first[example] = epoch;
    }
  }

  @Override
  public double value(int example) {
    if (seen[example] == 0) {
      return Double.NaN;
    }
    return censored(example) ? seen[example] + 1 : first[example];
  }

  @Override
  public boolean censored(int example) {
    return seen[example] > 0 && first[example] == 0;
  }
}
