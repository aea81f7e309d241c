package dev.rote.networks.nd4j;

import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * A layer in its place.
 *
 * @param layer of one node, or of several that a pass over the blueprint has joined
 * @param inputs numbers of the nodes whose outputs it reads
 * @param output number of the node whose output it writes
 */
record Part(Layer layer, List<Integer> inputs, int output) {
  /**
   * The parts of a blueprint, one for each node after the entry, in order.
   *
   * @param arena owner of the parameters
   */
  static List<Part> of(Blueprint blueprint, Arena arena) {
    List<Part> parts = new ArrayList<>();
    for (int i = blueprint.entry() + 1; i < blueprint.nodes().size(); i++) {
      Node node = blueprint.nodes().get(i);
      Layer layer = node.op().accept(new LayerMaker(blueprint, node, arena));
      parts.add(new Part(layer, node.inputs(), i));
    }
    return parts;
  }

  /** How many parts read the output of each node. */
  static int[] readers(List<Part> parts) {
    int[] readers = new int[parts.get(parts.size() - 1).output + 1];
    parts.forEach(part -> part.inputs.forEach(i -> readers[i]++));
    return readers;
  }
}
