package dev.rote.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NumbersTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "0.25, 0.25",
    "0.123456, 0.1235",
    "-12345.678, -12350",
    "0.00001234567, 0.00001235",
    "0.0000000012, 1.2E-9",
    "123456789, 1.235E+8",
    "NaN, NaN",
    "Infinity, Infinity"
  })
  void text_double_hasFourSignificantDigits(double value, String expected) {
    assertThat(Numbers.text(value)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"123456789, 123456789", "0, 0", "-3, -3"})
  void text_integer_isInFull(long value, String expected) {
    assertThat(Numbers.text(value)).isEqualTo(expected);
  }
}
