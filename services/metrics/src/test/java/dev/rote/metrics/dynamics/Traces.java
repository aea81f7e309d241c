package dev.rote.metrics.dynamics;

import dev.rote.metrics.ArrayExamples;
import dev.rote.metrics.examples.ExampleSet;
import dev.rote.v1.DynamicsMeasure.Score;
import dev.rote.v1.ExampleScore;
import dev.rote.v1.TracePass;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Traces of a few examples by hand. */
final class Traces {
  static final float NONE = Float.NaN;

  private Traces() {}

  /** Examples with these training labels. */
  static ExampleSet examples(int... labels) {
    return new ArrayExamples(new float[labels.length], labels, Set.of());
  }

  /**
   * What was said of examples at an epoch: predictions, -1 where nothing was, and probabilities of
   * labels.
   */
  static TracePass pass(int[] predictions, double[] probabilities, double[] margins) {
    TracePass.Builder pass = TracePass.newBuilder();
    for (int i = 0; i < predictions.length; i++) {
      boolean said = predictions[i] >= 0;
      pass.addPredictions(predictions[i] + 1)
          .addMargins(said ? (float) margins[i] : NONE)
          .addLosses(said ? (float) -Math.log(probabilities[i]) : NONE);
    }
    return pass.build();
  }

  /** Predictions alone. */
  static TracePass pass(int... predictions) {
    double[] any = new double[predictions.length];
    Arrays.fill(any, 0.5);
    return pass(predictions, any, any);
  }

  /** One score after as many epochs as there are passes, from epoch 1 on. */
  static ExampleScore score(
      Score score, boolean presentation, ExampleSet examples, List<TracePass> epochs) {
    TraceMeasures measures = new TraceMeasures(List.of(score), examples, Integer.MAX_VALUE);
    for (int e = 0; e < epochs.size(); e++) {
      measures.take(epochs.get(e), presentation, e + 1, 0);
    }
    return measures.scores().get(0);
  }
}
