package dev.rote.blueprint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the pattern of a multilayer perceptron: whole images, perhaps normalised, in one row, and
 * dense layers with biases, one after the other, with a ReLU and perhaps noise between any two.
 * Engines have passes of their own for it.
 */
public final class DenseChain {
  private DenseChain() {}

  /** Numbers of the dense nodes, in order; empty for another network. */
  public static Optional<List<Integer>> of(Blueprint blueprint) {
    return of(
        blueprint.nodes().stream().map(Node::op).toList(),
        blueprint.nodes().stream().map(Node::inputs).toList());
  }

  /**
   * The same of ops and the numbers of the nodes that they read.
   *
   * @param ops the first is the input
   */
  static Optional<List<Integer>> of(List<Op> ops, List<List<Integer>> inputs) {
    List<Integer> dense = new ArrayList<>();
    for (int i = 1; i < ops.size(); i++) {
      if (!inputs.get(i).equals(List.of(i - 1)) || !follows(ops.get(i), ops.get(i - 1), dense)) {
        return Optional.empty();
      }
      if (ops.get(i) instanceof Dense) {
        dense.add(i);
      }
    }
    boolean ends = ops.get(ops.size() - 1) instanceof Dense;
    return ends ? Optional.of(dense) : Optional.empty();
  }

  private static boolean follows(Op op, Op above, List<Integer> dense) {
    if (op instanceof Dense layer) {
      return layer.biased() && !(above instanceof Dense);
    }
    if (op instanceof Relu) {
      return above instanceof Dense;
    }
    if (op instanceof Noise) {
      return above instanceof Relu;
    }
    if (op instanceof Normalize) {
      return above instanceof Input;
    }
    return op instanceof Flatten && dense.isEmpty();
  }
}
