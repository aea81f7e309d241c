package dev.rote.metrics.difficulty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.metrics.ArrayExamples;
import dev.rote.networks.Logits;
import dev.rote.networks.Network;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LayerVotesOracleTest {
  private static final int INPUTS = 5;
  private static final int CLASSES = Networks.CLASSES;

  /** All distances in float64, sorted; the probes' outputs one example at a time. */
  private static double depth(
      Network network, Probes probes, int k, float[] x, ArrayExamples neighbours, int self) {
    float[][] own = look(network, probes, x);
    float[] logits = new float[CLASSES];
    network.logits(x, 1, logits);
    int predicted = Logits.argmax(logits, 0, CLASSES);
    int depth = probes.count();
    for (int p = probes.count() - 1; p >= 0; p--) {
      double[] distances = new double[neighbours.size()];
      float[] y = new float[INPUTS];
      for (int j = 0; j < distances.length; j++) {
        neighbours.inputs(j, 1, y);
        float[] other = look(network, probes, y)[p];
        for (int d = 0; d < other.length; d++) {
          distances[j] += Math.pow((double) own[p][d] - other[d], 2);
        }
      }
      int[] votes = new int[CLASSES];
      IntStream.range(0, distances.length)
          .filter(j -> j != self)
          .boxed()
          .sorted(Comparator.comparingDouble(j -> distances[j]))
          .limit(k)
          .forEach(j -> votes[neighbours.label(j)]++);
      int winner = 0;
      for (int c = 1; c < CLASSES; c++) {
        winner = votes[c] > votes[winner] ? c : winner;
      }
      if (winner != predicted) {
        break;
      }
      depth = p;
    }
    return depth;
  }

  private static float[][] look(Network network, Probes probes, float[] x) {
    float[][] outputs = probes.room(1);
    probes.look(network, x, 1, outputs);
    return outputs;
  }

  /** More neighbours than a batch; examples that are neighbours, and others. */
  @Test
  void depths_bruteForceSearch_same() {
    ArrayExamples training = Networks.examples(300, INPUTS);
    for (boolean among : new boolean[] {true, false}) {
      for (int k : new int[] {1, 7, 30}) {
        try (Network network = Networks.drawn(INPUTS, 8, 6)) {
          Probes probes = new Probes(network.blueprint(), List.of());
          assertThat(probes.count()).isEqualTo(4);
          LayerVotes votes = LayerVotes.of(network, probes, k, training, training, among, () -> {});
          float[] x = new float[INPUTS];
          int undecided = 0;
          for (int i = 0; i < training.size(); i += 3) {
            training.inputs(i, 1, x);
            double expected = depth(network, probes, k, x, training, among ? i : -1);
            assertThat(votes.depths()[i]).as("example %d", i).isEqualTo(expected);
            assertThat(votes.undecided().get(i)).isEqualTo(expected == probes.count());
            undecided += expected == probes.count() ? 1 : 0;
          }
          assertThat(undecided).isBetween(1, 99);
        }
      }
    }
  }

  /** Whatever the order in which they are written, and of the last node probabilities. */
  @Test
  void probes_namesInAnyOrder_areInThatOfTheNetwork() {
    try (Network network = Networks.drawn(INPUTS, 8, 6)) {
      Probes probes =
          new Probes(network.blueprint(), List.of("layer2/dense", "input", "layer0/relu"));
      assertThat(new int[] {probes.width(0), probes.width(1), probes.width(2)})
          .containsExactly(INPUTS, 8, CLASSES);
      float[] x = {1, 2, 3, 4, 5};
      float[][] outputs = look(network, probes, x);
      assertThat(outputs[0]).containsExactly(x);
      assertThat(outputs[2][0] + outputs[2][1] + outputs[2][2]).isBetween(0.9999f, 1.0001f);
      assertThat(new Probes(network.blueprint(), List.of("layer1/relu")).count()).isEqualTo(1);
    }
  }
}
