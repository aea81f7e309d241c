package dev.rote.metrics.accuracy;

import dev.rote.metrics.examples.ExampleScores;
import dev.rote.networks.Tally;

/**
 * Shares of correctly classified examples and mean loss of a set.
 *
 * @param examples N
 * @param accuracy over all examples; NaN without any, as are the others
 * @param lossNats mean cross-entropy over all examples in nats, summed in float64
 * @param corruptedAccuracy over examples with a corrupted input or label
 * @param cleanAccuracy over the other examples
 */
public record Accuracy(
    int examples,
    double accuracy,
    double lossNats,
    double corruptedAccuracy,
    double cleanAccuracy) {

  /** Sums up the scores of single examples, as the trainer does for its histories. */
  public static Accuracy of(ExampleScores scores) {
    Tally corrupted = new Tally();
    Tally clean = new Tally();
    for (int i = 0; i < scores.size(); i++) {
      Tally part = scores.corrupted().get(i) ? corrupted : clean;
      part.add(!scores.errors().get(i), scores.lossNats(i));
    }
    Tally all = corrupted.and(clean);
    return new Accuracy(
        scores.size(), all.accuracy(), all.meanLossNats(), corrupted.accuracy(), clean.accuracy());
  }
}
