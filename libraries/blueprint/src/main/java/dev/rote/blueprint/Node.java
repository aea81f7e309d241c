package dev.rote.blueprint;

import java.util.List;

/**
 * A node of a network.
 *
 * @param name unlike all others
 * @param scope what the names of its parameters begin with; nodes of a block may share one
 * @param op what it computes
 * @param inputs numbers of the nodes that it reads, in the order of the op; each comes before it
 * @param extent shape of its output
 * @param parameters in the order of checkpoints
 */
public record Node(
    String name,
    String scope,
    Op op,
    List<Integer> inputs,
    Extent extent,
    List<ParameterShape> parameters) {
  public Node {
    inputs = List.copyOf(inputs);
    parameters = List.copyOf(parameters);
  }
}
