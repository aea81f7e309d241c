package dev.rote.metrics.difficulty;

import dev.rote.metrics.examples.BitMask;
import dev.rote.metrics.examples.ExampleSet;
import dev.rote.metrics.examples.Predictions;
import dev.rote.metrics.metric.CountedPulses;
import dev.rote.networks.Logits;
import dev.rote.networks.Network;

/**
 * Prediction depth (Baldock, Maennel and Neyshabur, NeurIPS 2021, section 2.1): the first probe
 * from which on the k nearest training examples vote for what the network predicts. Differs from
 * the paper: where not even those of the last probe do, there is none, and the number of probes is
 * a lower bound of it.
 *
 * <p>Memory is bounded by a block of examples at all probes; for each, the neighbours are computed
 * again, batch by batch.
 */
final class LayerVotes {
  private static final long BLOCK_BYTES = 128L << 20;

  private final Network network;
  private final Probes probes;
  private final int classes;
  private final int k;
  private final Runnable pulse;
  private final double[] depths;
  private final BitMask undecided;
  private final Predictions predictions;

  private LayerVotes(Network network, Probes probes, int k, int examples, Runnable pulse) {
    this.network = network;
    this.probes = probes;
    this.classes = network.blueprint().classes();
    this.k = k;
    this.pulse = pulse;
    this.depths = new double[examples];
    this.undecided = new BitMask(examples);
    this.predictions = new Predictions(examples);
  }

  /**
   * Looks at all examples.
   *
   * @param neighbours labelled training examples
   * @param among whether example i is neighbour i, if there is one
   * @param pulse run before each call on the network; what it throws ends the work
   */
  static LayerVotes of(
      Network network,
      Probes probes,
      int k,
      ExampleSet examples,
      ExampleSet neighbours,
      boolean among,
      Runnable pulse) {
    LayerVotes votes = new LayerVotes(network, probes, k, examples.size(), pulse);
    long fitting = Math.max(1, BLOCK_BYTES / Float.BYTES / probes.length());
    long blocks = (examples.size() + fitting - 1) / fitting;
    CountedPulses.expect(
        pulse,
        blocks
            * (ExampleBatches.count((int) Math.min(fitting, examples.size()))
                + ExampleBatches.count(neighbours.size())));
    for (int from = 0; from < examples.size(); ) {
      int to = (int) Math.min(examples.size(), from + fitting);
      votes.block(examples, from, to, neighbours, among);
      from = to;
    }
    return votes;
  }

  private void block(ExampleSet examples, int from, int to, ExampleSet neighbours, boolean among) {
    int length = network.blueprint().inputLength();
    int n = to - from;
    float[][] points = probes.room(n);
    int[] predicted = new int[n];
    new ExampleBatches(examples, length, pulse)
        .each(
            from,
            to,
            (first, count, inputs, labels) -> {
              float[][] outputs = probes.room(count);
              probes.look(network, inputs, count, outputs);
              for (int p = 0; p < outputs.length; p++) {
                int at = (first - from) * probes.width(p);
                System.arraycopy(outputs[p], 0, points[p], at, outputs[p].length);
              }
              float[] logits = new float[count * classes];
              network.logits(inputs, count, logits);
              for (int i = 0; i < count; i++) {
                predicted[first - from + i] = Logits.argmax(logits, i * classes, classes);
              }
            });
    NearestNeighbors[] nearest = new NearestNeighbors[probes.count()];
    for (int p = 0; p < nearest.length; p++) {
      nearest[p] = new NearestNeighbors(points[p], n, probes.width(p), k);
    }
    new ExampleBatches(neighbours, length, pulse)
        .each(
            (first, count, inputs, labels) -> {
              float[][] outputs = probes.room(count);
              probes.look(network, inputs, count, outputs);
              for (int p = 0; p < nearest.length; p++) {
                nearest[p].look(outputs[p], labels, count, among ? first - from : n);
              }
            });
    for (int i = 0; i < n; i++) {
      decide(from + i, i, predicted[i], nearest);
    }
  }

  private void decide(int example, int i, int predicted, NearestNeighbors[] nearest) {
    predictions.set(example, predicted);
    if (predicted < 0) {
      depths[example] = Double.NaN;
      return;
    }
    int depth = nearest.length;
    while (depth > 0 && nearest[depth - 1].vote(i, classes) == predicted) {
      depth--;
    }
    depths[example] = depth;
    if (depth == nearest.length) {
      undecided.set(example);
    }
  }

  /** Number of the first probe, from 0, or of all; NaN where the network predicts nothing. */
  double[] depths() {
    return depths;
  }

  /** What the network predicts. */
  Predictions predictions() {
    return predictions;
  }

  /** Examples whose last probe votes otherwise. */
  BitMask undecided() {
    return undecided;
  }
}
