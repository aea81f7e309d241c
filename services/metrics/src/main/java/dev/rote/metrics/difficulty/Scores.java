package dev.rote.metrics.difficulty;

import com.google.protobuf.ByteString;
import dev.rote.metrics.examples.BitMask;
import dev.rote.metrics.examples.ExampleSet;
import dev.rote.metrics.examples.Predictions;
import dev.rote.metrics.examples.ScoredExamples;
import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.ExampleScore;
import dev.rote.v1.ExampleScore.Suspect;
import dev.rote.v1.ExampleScoreValues;

/** Scores of a set of examples, as they are stored: float32 of what was computed in float64. */
final class Scores {
  private final ExampleScoreValues.Builder values;

  Scores(ExampleSet examples) {
    this.values = ScoredExamples.of(examples);
  }

  /** Adds a score whose large values are hard or suspect. */
  Scores hard(String name, double[] each) {
    return add(name, each, Suspect.HIGH);
  }

  /** Adds a number whose size says nothing of an example by itself. */
  Scores neutral(String name, double[] each) {
    return add(name, each, Suspect.UNSPECIFIED);
  }

  private Scores add(String name, double[] each, Suspect suspect) {
    ExampleScore.Builder score = values.addScoresBuilder().setName(name).setSuspect(suspect);
    for (double value : each) {
      score.addValues((float) value);
    }
    return this;
  }

  /** Says of which examples the last score is a lower bound, if of any. */
  Scores censored(BitMask mask) {
    ByteString bits = ByteString.copyFrom(mask.toBytes());
    if (!bits.equals(ByteString.copyFrom(new byte[bits.size()]))) {
      values.getScoresBuilder(values.getScoresCount() - 1).setCensored(bits);
    }
    return this;
  }

  /** Says what the network predicts for the examples. */
  Scores predicted(Predictions predictions) {
    values.addAllPredictions(predictions.stored());
    return this;
  }

  CheckpointMeasurement.Builder measured() {
    return CheckpointMeasurement.newBuilder().setScores(values);
  }
}
