package dev.rote.corruption.selection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SelectionPropertyTest {
  private static final int N = 1237;
  private static final double[] LEVELS = {0, 0.001, 0.1, 0.25, 0.5, 0.8, 0.999, 1};

  private static long count(Selection selection) {
    return LongStream.range(0, N).filter(selection::contains).count();
  }

  @Test
  void exactly_everyLevel_roundedCount() {
    for (double level : LEVELS) {
      assertThat(count(Selection.exactly(3, "p", level, N))).isEqualTo(Math.round(level * N));
    }
    Selection half = Selection.exactly(3, "p", 0.5, 5);
    assertThat(LongStream.range(0, 5).filter(half::contains).count()).isEqualTo(3);
  }

  @Test
  void each_everyLevel_countNearExpectation() {
    for (double level : LEVELS) {
      double deviation = Math.sqrt(N * level * (1 - level));
      assertThat((double) count(Selection.each(3, "p", level)))
          .isBetween(N * level - 5 * deviation - 1e-9, N * level + 5 * deviation + 1e-9);
    }
  }

  @Test
  void contains_higherLevel_superset() {
    for (int l = 1; l < LEVELS.length; l++) {
      Selection lower = Selection.exactly(7, "p", LEVELS[l - 1], N);
      Selection higher = Selection.exactly(7, "p", LEVELS[l], N);
      Selection lowerEach = Selection.each(7, "p", LEVELS[l - 1]);
      Selection higherEach = Selection.each(7, "p", LEVELS[l]);
      for (int i = 0; i < N; i++) {
        assertThat(!lower.contains(i) || higher.contains(i)).isTrue();
        assertThat(!lowerEach.contains(i) || higherEach.contains(i)).isTrue();
      }
    }
  }

  @Test
  void contains_otherSeedOrPurpose_otherExamples() {
    Selection one = Selection.exactly(1, "p", 0.5, N);
    Selection seed = Selection.exactly(2, "p", 0.5, N);
    Selection purpose = Selection.exactly(1, "q", 0.5, N);
    long both = LongStream.range(0, N).filter(i -> one.contains(i) && seed.contains(i)).count();
    long other = LongStream.range(0, N).filter(i -> one.contains(i) && purpose.contains(i)).count();
    assertThat(both).isBetween(N / 5L, N / 3L);
    assertThat(other).isBetween(N / 5L, N / 3L);
  }
}
