package dev.rote.figures;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShortNumberTest {

  @Test
  void shouldKeepFourSignificantDigitsWithoutTrailingZeros() {
    assertThat(ShortNumber.of(-0.3)).isEqualTo("-0.3");
    assertThat(ShortNumber.of(12.3456)).isEqualTo("12.35");
    assertThat(ShortNumber.of(0.00012)).isEqualTo("0.00012");
    assertThat(ShortNumber.of(1.2e-7)).isEqualTo("1.2E-7");
    assertThat(ShortNumber.of(1000)).isEqualTo("1000");
    assertThat(ShortNumber.of(0)).isEqualTo("0");
    assertThat(ShortNumber.of(123456.7)).isEqualTo("123500");
    assertThat(ShortNumber.of(Double.NaN)).isEqualTo("–");
  }
}
