package dev.rote.tables;

import com.google.protobuf.ByteString;
import dev.rote.figures.study.CellResults;
import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.ExampleErrorValues;
import dev.rote.v1.ExampleScore;
import dev.rote.v1.ExampleScoreValues;
import dev.rote.v1.LossSensitivityValues;
import dev.rote.v1.Measurement;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.Sweep;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row for each example, score, measured epoch and trial. What was measured before examples had
 * indices is left out.
 */
final class ScoresTable extends TrialTable {
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
            Column.text("score"),
            Column.float32("value"),
            Column.flag("censored"),
            Column.text("suspect")));
  }

  @Override
  void rows(Sweep sweep, long index, CellResults cell, RowSink sink) throws IOException {
    for (MeasurementSpec spec : sweep.getSpec().getMeasurementsList()) {
      Optional<Measurement> found = cell.measurement(spec.getName());
      if (found.isEmpty()) {
        continue;
      }
      for (CheckpointMeasurement checkpoint : found.get().getCheckpointsList()) {
        Place place =
            new Place(
                index, cell, spec.getName(), Integer.toUnsignedLong(checkpoint.getEpoch()), sink);
        scores(place, checkpoint.getScores());
        errors(place, checkpoint.getExampleErrors());
        sensitivities(place, checkpoint.getLossSensitivity());
      }
    }
  }

  /** Where the rows of a checkpoint go, and what they have in common. */
  private record Place(
      long index, CellResults cell, String measurement, long epoch, RowSink sink) {}

  /** An example; what is not known of it is null. */
  private record Example(
      long sourceIndex,
      @Nullable Long label,
      @Nullable Long sourceLabel,
      @Nullable Boolean replaced,
      @Nullable Boolean corrupted) {}

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
        replaced || label != sourceLabel);
  }

  private void errors(Place place, ExampleErrorValues values) throws IOException {
    for (int i = 0; i < values.getSourceIndicesCount(); i++) {
      Example example =
          new Example(
              Integer.toUnsignedLong(values.getSourceIndices(i)),
              (long) values.getLabels(i),
              null,
              null,
              isSet(values.getCorrupted(), i));
      write(place, example, "loss", values.getLosses(i), false, HIGH);
      write(place, example, "error", isSet(values.getErrors(), i) ? 1 : 0, false, HIGH);
    }
  }

  private void sensitivities(Place place, LossSensitivityValues values) throws IOException {
    for (int i = 0; i < values.getSourceIndicesCount(); i++) {
      Example example =
          new Example(Integer.toUnsignedLong(values.getSourceIndices(i)), null, null, null, null);
      write(place, example, "sensitivity", values.getSensitivities(i), false, null);
    }
  }

  private static boolean isSet(ByteString bits, int index) {
    return !bits.isEmpty() && Bits.isSet(bits, index);
  }
}
