package dev.rote.tables;

import com.google.protobuf.ByteString;
import dev.rote.spec.ErrorScoreNames;
import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.ExampleErrorValues;
import dev.rote.v1.ExampleScore;
import dev.rote.v1.ExampleScoreValues;
import dev.rote.v1.LossSensitivityValues;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row for each example, score, measured epoch and trial. What was measured before examples had
 * indices is left out.
 */
final class ScoresTable extends MeasuredTable {
  private static final String HIGH = "high";

  ScoresTable(List<String> axes) {
    super(
        "scores",
        axes,
        List.of(
            Column.text("measurement"),
            Column.integer("epoch"),
            Column.integer("source_index"),
            Column.integer("label"),
            Column.integer("source_label"),
            Column.flag("input_replaced"),
            Column.flag("corrupted"),
            Column.integer("prediction"),
            Column.text("score"),
            Column.float32("value"),
            Column.flag("censored"),
            Column.text("suspect")));
  }

  @Override
  void rows(Place place, CheckpointMeasurement checkpoint) throws IOException {
    scores(place, checkpoint.getScores());
    errors(place, checkpoint.getExampleErrors());
    sensitivities(place, checkpoint.getLossSensitivity());
  }

  /** An example; what is not known of it is null. */
  private record Example(
      long sourceIndex,
      @Nullable Long label,
      @Nullable Long sourceLabel,
      @Nullable Boolean replaced,
      @Nullable Boolean corrupted,
      @Nullable Long prediction) {}

  private void write(
      Place place,
      Example example,
      String score,
      float value,
      boolean censored,
      @Nullable String suspect)
      throws IOException {
    place
        .sink()
        .row(
            row(
                place.index(),
                place.cell(),
                place.measurement(),
                place.epoch(),
                example.sourceIndex(),
                example.label(),
                example.sourceLabel(),
                example.replaced(),
                example.corrupted(),
                example.prediction(),
                score,
                value,
                censored,
                suspect));
  }

  private void scores(Place place, ExampleScoreValues values) throws IOException {
    for (ExampleScore score : values.getScoresList()) {
      String suspect =
          switch (score.getSuspect()) {
            case HIGH -> HIGH;
            case LOW -> "low";
            case UNSPECIFIED, UNRECOGNIZED -> null;
          };
      for (int i = 0; i < score.getValuesCount(); i++) {
        write(
            place,
            example(values, i),
            score.getName(),
            score.getValues(i),
            isSet(score.getCensored(), i),
            suspect);
      }
    }
  }

  private static Example example(ExampleScoreValues values, int i) {
    long label = values.getLabels(i);
    long sourceLabel = values.getSourceLabels(i);
    boolean replaced = isSet(values.getReplacedInputs(), i);
    return new Example(
        Integer.toUnsignedLong(values.getSourceIndices(i)),
        label,
        sourceLabel,
        replaced,
        replaced || label != sourceLabel,
        prediction(values, i));
  }

  private static @Nullable Long prediction(ExampleScoreValues values, int i) {
    long stored = values.getPredictionsCount() == 0 ? 0 : values.getPredictions(i);
    return stored == 0 ? null : stored - 1;
  }

  private void errors(Place place, ExampleErrorValues values) throws IOException {
    for (int i = 0; i < values.getSourceIndicesCount(); i++) {
      Example example =
          new Example(
              Integer.toUnsignedLong(values.getSourceIndices(i)),
              (long) values.getLabels(i),
              null,
              null,
              isSet(values.getCorrupted(), i),
              null);
      write(place, example, ErrorScoreNames.LOSS, values.getLosses(i), false, HIGH);
      float wrong = isSet(values.getErrors(), i) ? 1 : 0;
      write(place, example, ErrorScoreNames.ERROR, wrong, false, HIGH);
    }
  }

  private void sensitivities(Place place, LossSensitivityValues values) throws IOException {
    for (int i = 0; i < values.getSourceIndicesCount(); i++) {
      Example example =
          new Example(
              Integer.toUnsignedLong(values.getSourceIndices(i)), null, null, null, null, null);
      write(place, example, "sensitivity", values.getSensitivities(i), false, null);
    }
  }

  private static boolean isSet(ByteString bits, int index) {
    return !bits.isEmpty() && Bits.isSet(bits, index);
  }
}
