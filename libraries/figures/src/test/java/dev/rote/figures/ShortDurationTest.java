package dev.rote.figures;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ShortDurationTest {
  @ParameterizedTest
  @CsvSource({
    "0.4, 0s",
    "59.4, 59s",
    "59.6, 1m00s",
    "80, 1m20s",
    "3599, 59m59s",
    "7500, 2h05m",
    "273600, 3d04h"
  })
  void of_seconds_areTheTwoLargestUnits(double seconds, String expected) {
    assertThat(ShortDuration.of(seconds)).isEqualTo(expected);
  }
}
