package dev.rote.corruption.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ValueRangeTest {
  @Test
  void see_nothing_isEmpty() {
    ValueRange range = new ValueRange();
    range.see(new byte[0]);
    assertThat(range.least()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(range.greatest()).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void see_levelsOfAnyLength_asOneByOne() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 2_000; round++) {
      ValueRange all = new ValueRange();
      ValueRange each = new ValueRange();
      int from = random.nextInt(256);
      int to = from + 1 + random.nextInt(256 - from);
      for (int picture = 0; picture < 6; picture++) {
        byte[] levels = new byte[random.nextInt(40)];
        for (int i = 0; i < levels.length; i++) {
          int level = random.nextInt(from, to);
          levels[i] = (byte) level;
          each.see(level);
        }
        all.see(levels);
        assertThat(all.least()).isEqualTo(each.least());
        assertThat(all.greatest()).isEqualTo(each.greatest());
      }
    }
  }

  @Test
  void see_levelsAfterOtherNumbers_countsBoth() {
    ValueRange range = new ValueRange();
    range.see(0.5);
    range.see(300);
    range.see(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
    assertThat(range.least()).isEqualTo(0.5);
    range.see(new byte[9]);
    assertThat(range.least()).isZero();
    assertThat(range.greatest()).isEqualTo(300);
  }
}
