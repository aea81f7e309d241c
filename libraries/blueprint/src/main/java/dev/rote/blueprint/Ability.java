package dev.rote.blueprint;

import java.util.List;
import java.util.Optional;

/** What may be asked of a network beyond training and predicting. */
public enum Ability {
  /**
   * Second derivatives of the loss along directions: loss-sensitivity and sharpness need them. All
   * engines have them for a {@link DenseChain}.
   */
  SECOND_DERIVATIVES {
    @Override
    Optional<String> lackingIn(List<String> names, List<Op> ops, List<List<Integer>> inputs) {
      for (int i = 0; i < ops.size(); i++) {
        if (!ops.get(i).curves()) {
          return Optional.of(
              "needs second derivatives, which node %s (%s) has none of here"
                  .formatted(names.get(i), ops.get(i).word()));
        }
      }
      return DenseChain.of(ops, inputs).isPresent()
          ? Optional.empty()
          : Optional.of(
              "needs second derivatives, which are there for dense layers with biases, one after"
                  + " the other with a ReLU between any two, and for no other network yet");
    }
  };

  /** Why a network of these nodes cannot; empty if it can. */
  abstract Optional<String> lackingIn(List<String> names, List<Op> ops, List<List<Integer>> inputs);
}
