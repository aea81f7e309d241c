package dev.rote.metrics.dynamics;

import dev.rote.v1.ExampleScore.Suspect;

/**
 * How often an example is wrong, having been right the time before. One that never was right counts
 * as forgotten at least each time, and is censored.
 *
 * <p>Source: Toneva et al., ICLR 2019, section 3, "forgetting event"; the paper, too, counts
 * examples never learned as forgotten without end. Differs from the paper: none.
 */
final class Forgetting implements TraceMeasure {
  private final int[] seen;
  private final int[] events;
  private final boolean[] ever;
  private final boolean[] last;

  Forgetting(int examples) {
    this.seen = new int[examples];
    this.events = new int[examples];
    this.ever = new boolean[examples];
    this.last = new boolean[examples];
  }

  @Override
  public Suspect suspect() {
    return Suspect.HIGH;
  }

  @Override
  public void take(int example, int epoch, Sight sight) {
    seen[example]++;
    if (last[example] && !sight.right()) {
      events[example]++;
    }
    last[example] = sight.right();
    ever[example] |= sight.right();
  }

  @Override
  public double value(int example) {
    if (seen[example] == 0) {
      return Double.NaN;
    }
    return censored(example) ? seen[example] : events[example];
  }

  @Override
  public boolean censored(int example) {
    return seen[example] > 0 && !ever[example];
  }
}
