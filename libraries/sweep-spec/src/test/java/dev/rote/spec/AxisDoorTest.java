package dev.rote.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.NullValue;
import com.google.protobuf.Value;
import dev.rote.v1.Sweep;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Axes that would not be what they say. */
class AxisDoorTest {
  private static String sweep(String axes) {
    int from = SweepFilesTest.SWEEP.indexOf("  axes:");
    return SweepFilesTest.SWEEP.substring(0, from) + "  axes: " + axes + "\n";
  }

  private static void check(String axes) {
    SweepFiles.parseValid(sweep(axes), "axes.yaml", List.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [{name: a, field: seed, values: [9007199254740993]}] | spec.axes[0].values[0] | must stand in quotes
          [{name: a, field: seed, values: [9007199254740992]}] | spec.axes[0].values[0] | must stand in quotes
          [{name: a, field: seed, values: [1e17]}] | spec.axes[0].values[0] | seed must be text here
          [{name: a, field: seed, values: [1, "1"]}] | spec.axes[0].values[1] | must have a label of its own, had "1" as values[0] has
          [{name: a, field: seed, values: [1, 1.0]}] | spec.axes[0].values[1] | must have a label of its own, had "1" as values[0] has
          [{name: a, field: regularization.dropout, values: [null, 0.5]}] | spec.axes[0].values[0] | must be a value, was null
          [{name: a, field: seed, values: [0200]}] | spec.axes[0].values[0] | must be written without the leading 0
          [{name: a, points: [{label: x}, {label: x}]}] | spec.axes[0].points[1].label | must be unique on its axis, was "x" as points[0] has
          [{name: a, field: optimizer.learningRate, values: [1, 2]}, {name: b, field: optimizer.learning_rate, values: [3]}] | spec.axes[1] | sets optimizer.learningRate, and the axis a sets it, too
          [{name: a, field: seed, values: [1, 2]}, {name: b, points: [{label: x}, {label: y, set: {seed: 3}}]}] | spec.axes[1] | sets seed, and the axis a sets it, too
          [{name: a, points: [{label: x, set: {model: {mlp: {}}}}]}, {name: b, field: model.mlp.hidden, values: [[8]]}] | spec.axes[1] | sets model.mlp.hidden, and the axis a sets model.mlp, too
          [{name: a, points: [{label: x, set: {model: {mlp: {hidden: [8]}}}}, {label: y, set: {model: {cnn: {}}}}]}, {name: b, field: model.cnn.kernel, values: [3]}] | spec.axes[1] | sets model.cnn.kernel, and the axis a sets model.mlp.hidden, too
          [{name: a, points: [{label: x, set: {optimizer: {cosineDecay: {}}}}]}, {name: b, field: optimizer.stepDecay.factor, values: [0.5]}] | spec.axes[1] | sets optimizer.stepDecay.factor, and the axis a sets optimizer.cosineDecay, too
          """)
  void check_axisThatIsNotWhatItSays_isRefused(String axes, String path, String message) {
    SpecException refused = catchThrowableOfType(SpecException.class, () -> check(axes));
    assertThat(refused.violations().get(0).path()).isEqualTo(path);
    assertThat(refused.violations().get(0).message()).contains(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{name: a, field: seed, values: ['9007199254740993', '18446744073709551615', 9007199254740991]}]",
        "[{name: a, field: optimizer.learningRate, values: [1e-30, 1e300, 0.5]}]",
        "[{name: a, field: model.mlp.hidden, values: [[8], [8, 8], []]}]",
        "[{name: a, points: [{label: x, set: {corruption: {labels: {rule: RANDOM}}}}]},"
            + " {name: b, field: corruption.labels.level, values: [0.5]}]"
      })
  void check_axisThatIsWhatItSays_passes(String axes) {
    assertThatCode(() -> check(axes)).doesNotThrowAnyException();
  }

  @Test
  void check_textBeyondDoubles_reachesTheTrialExactly() {
    Sweep sweep =
        SweepFiles.parse(sweep("[{name: a, field: seed, values: ['9007199254740993']}]"), "x");
    assertThat(Grid.of(sweep.getSpec()).cell(0).trial().getSeed()).isEqualTo(9007199254740993L);
  }

  /** What a client in another language sends holds no text to look at. */
  @Test
  void check_valuesThatCameInAMessage_areHeldToTheSame() {
    Sweep sweep = SweepFiles.parse(SweepFilesTest.SWEEP, "tiny.yaml");
    Value large = Value.newBuilder().setNumberValue(9007199254740992.0).build();
    Value none = Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();
    Value nan = Value.newBuilder().setNumberValue(Double.NaN).build();
    for (Value value : List.of(large, none, nan, Value.getDefaultInstance())) {
      Sweep.Builder wrong = sweep.toBuilder();
      wrong.getSpecBuilder().getAxesBuilder(1).setValues(1, value);
      SpecException refused =
          catchThrowableOfType(SpecException.class, () -> SweepValidator.check(wrong.build()));
      assertThat(refused.violations().get(0).path()).isEqualTo("spec.axes[1].values[1]");
    }
  }

  /** The last point of the slowest axis lies beyond the cells that are looked at one by one. */
  @Test
  void check_gridTooLargeToLookAtWhole_seesEveryPointOfEveryAxis() {
    String many =
        java.util.stream.IntStream.range(0, 1000)
            .mapToObj(Integer::toString)
            .collect(java.util.stream.Collectors.joining(", "));
    String axes =
        "[{name: a, field: training.batchSize, values: [8, 16, 0]}, {name: b, field: seed, values: ["
            + many
            + "]}, {name: c, field: dataset.seed, values: ["
            + many
            + "]}]";
    SpecException refused = catchThrowableOfType(SpecException.class, () -> check(axes));
    assertThat(refused.violations().get(0).path()).isEqualTo("spec.trial.training.batchSize");
    assertThat(refused.violations().get(0).message()).contains("was 0 (in the cell a=0");
  }
}
