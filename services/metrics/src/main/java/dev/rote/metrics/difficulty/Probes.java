package dev.rote.metrics.difficulty;

import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.Gelu;
import dev.rote.blueprint.Node;
import dev.rote.blueprint.Op;
import dev.rote.blueprint.Relu;
import dev.rote.blueprint.Tanh;
import dev.rote.networks.Logits;
import dev.rote.networks.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Where a network is looked into, in its order: at the examples as they are, and at nodes. Of the
 * last node the probabilities are taken, which are what it says.
 */
final class Probes {
  private static final String INPUT = "input";
  private static final Set<Class<? extends Op>> ACTIVATIONS =
      Set.of(Relu.class, Gelu.class, Tanh.class);

  private final Blueprint blueprint;
  private final boolean input;
  private final List<String> nodes;
  private final int[] widths;

  /**
   * @param wanted names of nodes, and {@code input}, all of them there; empty: the input, every
   *     activation and the last node
   */
  Probes(Blueprint blueprint, List<String> wanted) {
    this.blueprint = blueprint;
    this.input = wanted.isEmpty() || wanted.contains(INPUT);
    List<Node> hidden = blueprint.hidden().stream().filter(node -> isWanted(node, wanted)).toList();
    this.nodes = hidden.stream().map(Node::name).toList();
    List<Integer> lengths = new ArrayList<>(input ? List.of(blueprint.inputLength()) : List.of());
    hidden.forEach(node -> lengths.add(node.extent().length()));
    this.widths = lengths.stream().mapToInt(Integer::intValue).toArray();
  }

  private boolean isWanted(Node node, List<String> wanted) {
    return wanted.isEmpty()
        ? ACTIVATIONS.contains(node.op().getClass()) || node.equals(blueprint.output())
        : wanted.contains(node.name());
  }

  /** How many there are. */
  int count() {
    return widths.length;
  }

  /** Values of an example at a probe. */
  int width(int probe) {
    return widths[probe];
  }

  /** Values of an example at all probes. */
  int length() {
    return Arrays.stream(widths).sum();
  }

  /** Arrays for n examples, one for each probe. */
  float[][] room(int n) {
    float[][] room = new float[count()][];
    Arrays.setAll(room, probe -> new float[n * widths[probe]]);
    return room;
  }

  /**
   * Looks at examples.
   *
   * @param inputs float32[n, D] or longer
   * @param outputs written: float32[n, width] of each probe
   */
  void look(Network network, float[] inputs, int n, float[][] outputs) {
    if (input) {
      System.arraycopy(inputs, 0, outputs[0], 0, n * widths[0]);
    }
    float[][] ofNodes = Arrays.copyOfRange(outputs, input ? 1 : 0, outputs.length);
    network.insight().activations(inputs, n, nodes, ofNodes);
    String last = blueprint.output().name();
    if (nodes.contains(last)) {
      int classes = blueprint.classes();
      float[] logits = ofNodes[ofNodes.length - 1];
      for (int i = 0; i < n; i++) {
        toProbabilities(logits, i * classes, classes);
      }
    }
  }

  private static void toProbabilities(float[] logits, int offset, int classes) {
    boolean finite = Logits.argmax(logits, offset, classes) >= 0;
    double[] p = finite ? Softmax.of(logits, offset, classes) : new double[0];
    for (int k = 0; k < classes; k++) {
      logits[offset + k] = finite ? (float) p[k] : Float.NaN;
    }
  }
}
