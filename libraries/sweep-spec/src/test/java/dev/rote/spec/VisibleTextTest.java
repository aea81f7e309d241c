package dev.rote.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTest {
  @Test
  void shouldShowWhatWouldSteerATerminal() {
    assertThat(VisibleText.line("\u001b]0;PWN\u0007\u001b[31mred"))
        .isEqualTo("\\u001b]0;PWN\\u0007\\u001b[31mred");
    assertThat(VisibleText.line("c1 \u009b31m")).isEqualTo("c1 \\u009b31m");
    assertThat(VisibleText.line("turned \u202eabc")).isEqualTo("turned \\u202eabc");
    assertThat(VisibleText.line("no \uffff character \ud800"))
        .isEqualTo("no \\uffff character \ufffd");
    assertThat(VisibleText.line("a\r\n  b\tc")).isEqualTo("a b c");
    assertThat(VisibleText.block("a\nb\tc\u0000")).isEqualTo("a\nb\tc\\u0000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "width 512", "日本語 😀 مرحبا", "👩‍👩‍👧", "naïve – “quoted”"})
  void shouldKeepWhatPeopleWrite(String text) {
    assertThat(VisibleText.line(text)).isEqualTo(text);
    assertThat(VisibleText.block(text)).isEqualTo(text);
  }
}
