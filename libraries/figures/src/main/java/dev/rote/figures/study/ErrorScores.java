package dev.rote.figures.study;

import dev.rote.spec.ErrorScoreNames;
import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.ExampleErrorValues;
import dev.rote.v1.ExampleScore;
import dev.rote.v1.ExampleScoreValues;
import java.util.Optional;

/** Errors and losses of single examples as scores of them; large ones are hard. */
final class ErrorScores {

  private ErrorScores() {}

  /** Whether a checkpoint has any whose examples are known. */
  static boolean isIn(CheckpointMeasurement checkpoint) {
    return checkpoint.getExampleErrors().getSourceIndicesCount() > 0;
  }

  /**
   * Those of a checkpoint; empty when it has none, or they are from before indices were stored.
   * What the dataset says of the examples is not stored with them.
   */
  static Optional<ExampleScoreValues> of(CheckpointMeasurement checkpoint) {
    if (!isIn(checkpoint)) {
      return Optional.empty();
    }
    ExampleErrorValues errors = checkpoint.getExampleErrors();
    ExampleScoreValues.Builder values =
        ExampleScoreValues.newBuilder()
            .addAllSourceIndices(errors.getSourceIndicesList())
            .addAllLabels(errors.getLabelsList())
            .addAllSourceLabels(errors.getLabelsList());
    values.addScores(score(ErrorScoreNames.LOSS).addAllValues(errors.getLossesList()));
    ExampleScore.Builder wrong = score(ErrorScoreNames.ERROR);
    for (int i = 0; i < errors.getSourceIndicesCount(); i++) {
      wrong.addValues(errors.getErrors().byteAt(i >> 3) >> (i & 7) & 1);
    }
    return Optional.of(values.addScores(wrong).build());
  }

  private static ExampleScore.Builder score(String name) {
    return ExampleScore.newBuilder().setName(name).setSuspect(ExampleScore.Suspect.HIGH);
  }
}
