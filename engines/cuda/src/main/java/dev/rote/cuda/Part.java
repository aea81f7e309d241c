package dev.rote.cuda;

import dev.rote.blueprint.BatchNorm;
import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.Dense;
import dev.rote.blueprint.Node;
import dev.rote.blueprint.Relu;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A layer in its place.
 *
 * @param layer of one node, or of one and the ReLU after it
 * @param inputs numbers of the nodes whose outputs it reads
 * @param output number of the node whose output it writes
 */
record Part(Layer layer, List<Integer> inputs, int output) {
  /**
   * The parts of a blueprint, in order, which have no memory yet. A ReLU after dense with biases or
   * batch norm, which nobody else reads, is computed with it.
   *
   * @throws IllegalArgumentException if this engine cannot compute it
   */
  static List<Part> of(Blueprint blueprint) {
    List<Node> nodes = blueprint.nodes();
    int[] readers = blueprint.readers();
    Map<Integer, Layout> layouts = new HashMap<>();
    int entry = blueprint.entry();
    layouts.put(entry, Layout.image(nodes.get(entry).extent(), Layout.Kind.ENTERING));
    List<Part> parts = new ArrayList<>();
    for (int i = entry + 1; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      List<Layout> below =
          node.inputs().stream().map(in -> Objects.requireNonNull(layouts.get(in))).toList();
      boolean relu = readers[i] == 1 && takesRelu(node) && isReluOf(nodes, i + 1, i);
      Layer layer = node.op().accept(new LayerMaker(node, below, relu));
      i += relu ? 1 : 0;
      layouts.put(i, layer.layout());
      parts.add(new Part(layer, node.inputs(), i));
    }
    return parts;
  }

  private static boolean takesRelu(Node node) {
    return node.op() instanceof BatchNorm || (node.op() instanceof Dense dense && dense.biased());
  }

  private static boolean isReluOf(List<Node> nodes, int number, int below) {
    return number < nodes.size()
        && nodes.get(number).op() instanceof Relu
        && nodes.get(number).inputs().equals(List.of(below));
  }
}
