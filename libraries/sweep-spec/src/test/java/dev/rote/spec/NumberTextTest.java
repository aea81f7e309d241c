package dev.rote.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.google.protobuf.Value;
import dev.rote.v1.Axis;
import dev.rote.v1.Sweep;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  /** What to repeat, how often, and what follows. */
  private static String number(String form) {
    List<String> parts = List.of(form.split("~", -1));
    return parts.size() == 1 ? form : parts.get(0) + parts.get(1).repeat(150_000) + parts.get(2);
  }

  /** Each stands for repetitions, for a rate, on an axis, in a change and as text of an axis. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e-99999999",
        "1e99999999",
        "1e-150000000",
        "1e2147483648",
        "1e-99999999999999999999",
        "1~9~0",
        "1.~0~1",
        "0.~0~1",
        "1e~9~9",
        "-1e-99999999"
      })
  void parse_numberThatWouldTakeForEver_isRefusedAtOnce(String form) {
    String number = number(form);
    assertTimeoutPreemptively(
        SOON,
        () -> {
          refuses(SweepFilesTest.SWEEP.replace("repetitions: 2", "repetitions: " + number));
          refuses(SweepFilesTest.SWEEP.replace("learningRate: 1e-1", "learningRate: " + number));
          refuses(SweepFilesTest.SWEEP.replace("[1, 2, 3]", "[" + number + "]"));
          refuses(SweepFilesTest.SWEEP.replace("[1, 2, 3]", "['" + number + "']"));
          refuses("{\"spec\": {\"repetitions\": " + number + "}}");
          refuses("{\"spec\": {\"trial\": {\"seed\": \"" + number + "\"}}}");
          assertThatThrownBy(
                  () ->
                      SweepFiles.parse(
                          SweepFilesTest.SWEEP, "tiny.yaml", List.of("spec.repetitions=" + number)))
              .isInstanceOf(SpecException.class);
        });
  }

  private static void refuses(String text) {
    assertThatThrownBy(() -> SweepFiles.parseValid(text, "test", List.of()))
        .isInstanceOf(SpecException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e-150000000", "1e150000000", "NaN", "\u0663"})
  void check_textOnAnAxisThatCameInAMessage_isRefusedAtOnce(String text) {
    Sweep.Builder sweep = SweepFiles.parse(SweepFilesTest.SWEEP, "tiny.yaml").toBuilder();
    Axis.Builder axis = sweep.getSpecBuilder().getAxesBuilder(1);
    axis.clearValues().addValues(Value.newBuilder().setStringValue(text));
    assertTimeoutPreemptively(
        SOON,
        () ->
            assertThatThrownBy(() -> SweepValidator.check(sweep.build()))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("spec.axes[1].values[0]: seed must be a whole number"));
  }

  @ParameterizedTest
  @CsvSource({
    "1e-3, 0.001",
    "1_000, 1000",
    ".5, 0.5",
    "5., 5",
    "+7, 7",
    "-0, 0",
    "0, 0",
    "0.25, 0.25",
    "4.9e-324, 4.9e-324",
    "1.7976931348623157e308, 1.7976931348623157e308"
  })
  void problem_soundNumber_hasNone(String text, double value) {
    assertThat(NumberText.problem(text, true)).isEmpty();
    assertThat(NumberText.toDouble(text)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0200 | without the leading 0, which some read as octal: 200",
        "-010 | leading 0",
        "00 | leading 0",
        "01.5 | leading 0",
        "1e400 | be 0 or between",
        "1e-400 | be 0 or between",
        "1e401 | have an exponent in [-400, 400]",
        "1 | ",
        "x | be a number"
      })
  void problem_otherNumber_saysWhat(String text, String message) {
    if (message == null) {
      assertThat(NumberText.problem(text, true)).isEmpty();
    } else {
      assertThat(NumberText.problem(text, true))
          .hasValueSatisfying(m -> assertThat(m).contains(message));
    }
  }

  @Test
  void isNumber_longTextThatAlmostIsOne_isToldInOnePass() {
    assertTimeoutPreemptively(
        SOON, () -> assertThat(NumberText.isNumber("9".repeat(2_000_000) + "x")).isFalse());
  }
}
