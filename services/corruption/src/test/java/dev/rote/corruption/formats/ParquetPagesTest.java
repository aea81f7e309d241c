package dev.rote.corruption.formats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ParquetPagesTest {
  /** In a heap of 192 MiB, two pages of 48 MiB and what one of them is unpacked from have room. */
  @Test
  void largestPage_smallHeap_aQuarterOfIt() {
    assertThat(ParquetPages.largestPage(192L << 20)).isEqualTo(48 << 20);
  }

  @Test
  void largestPage_greatHeap_isBoundedStill() {
    assertThat(ParquetPages.largestPage(1L << 40))
        .isEqualTo(ParquetPages.largestPage(1L << 41))
        .isLessThan(Integer.MAX_VALUE / 2);
  }
}
