package dev.rote.metrics.accuracy;

import dev.rote.metrics.examples.ExampleScores;

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

  /** Sums up the scores of single examples. */
  public static Accuracy of(ExampleScores scores) {
    long[] count = new long[2];
    long[] correct = new long[2];
    double loss = 0;
    for (int i = 0; i < scores.size(); i++) {
      int part = scores.corrupted().get(i) ? 1 : 0;
      count[part]++;
      correct[part] += scores.errors().get(i) ? 0 : 1;
      loss += scores.lossNats(i);
    }
    long all = count[0] + count[1];
    return new Accuracy(
        scores.size(),
        (double) (correct[0] + correct[1]) / all,
        loss / all,
        (double) correct[1] / count[1],
        (double) correct[0] / count[0]);
  }
}
