package dev.rote.figures;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvFieldTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "plain|plain",
        "-|-",
        "=1+1|'=1+1",
        "=HYPERLINK(\"http://x\",\"y\")|\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"",
        "@SUM(A1)|'@SUM(A1)",
        "+cmd|'+cmd",
        "-2+3|'-2+3",
        "-0.5|-0.5",
        "-1e-7|-1e-7",
        "+3|+3",
        "a, b|\"a, b\"",
      })
  void shouldWriteNoFormulaAndEveryNumber(String text, String field) {
    assertThat(CsvField.text(text)).isEqualTo(field);
  }
}
