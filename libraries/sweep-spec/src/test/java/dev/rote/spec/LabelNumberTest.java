package dev.rote.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Value;
import dev.rote.v1.Axis;
import dev.rote.v1.AxisPoint;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelNumberTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "512|512|",
        "width 512|512|width ",
        "w512|512|w",
        "labels 20 %|20|labels ",
        "20%|20|",
        "weight decay 1e-05|1e-05|weight decay ",
        ".25|0.25|",
        "1E+30|1e30|",
        "-3|-3|",
        "shift -3|-3|shift ",
        "size10|10|size",
        "l2=0.1|0.1|l2=",
        "lr = -0.5|-0.5|lr = ",
        "top5 width 32|32|top5 width ",
        "\u2265 5|5|\u2265 "
      })
  void of_labelThatEndsInANumber_isThatNumber(String label, double number, String before) {
    assertThat(LabelNumber.of(label)).hasValue(number);
    assertThat(LabelNumber.before(label)).isEqualTo(before == null ? "" : before);
  }

  /** Each was read as another number once: 500, 4, 25, 30 and the like. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1,500",
        "10,250",
        "1 500",
        "n = 1 500",
        "1'500",
        "1_500",
        "3/4",
        "3 / 4",
        "2-5",
        "2 - 5",
        "randX-50",
        "3x3",
        "2^10",
        "1.2.3",
        ",5",
        "0x10",
        "1e400",
        "5.",
        "real",
        "",
        "%",
        "20 % of 3/4",
        "1:30",
        "\u0663"
      })
  void of_labelWithoutOneNumberAtItsEnd_isEmpty(String label) {
    assertThat(LabelNumber.of(label)).isEmpty();
    assertThat(LabelNumber.before(label)).isEqualTo(label);
  }

  /** Labels of an axis with values are made by us: each number is found again, to the last bit. */
  @Test
  void of_labelOfAnyValue_isThatValue() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      double value = Math.abs(Double.longBitsToDouble(random.nextLong()));
      if (Double.isFinite(value) && value > 0) {
        Axis axis =
            Axis.newBuilder()
                .setName("rate")
                .setField("optimizer.learningRate")
                .addValues(Value.newBuilder().setNumberValue(value))
                .build();
        AxisPoint point = ValueAxis.points(axis, "").get(0);
        assertThat(LabelNumber.of(point.getLabel())).as(point.getLabel()).hasValue(value);
      }
    }
  }
}
