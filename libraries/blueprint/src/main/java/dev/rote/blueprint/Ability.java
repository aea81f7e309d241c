package dev.rote.blueprint;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What may be asked of a network beyond training and predicting. */
public enum Ability {
  /**
   * Second derivatives of the loss along directions, in inference: sharpness needs them. An engine
   * that has them for a {@link DenseChain} alone says so when it is asked.
   */
  SECOND_DERIVATIVES {
    @Override
    Optional<String> lackingIn(List<String> names, List<Op> ops) {
      return first(names, ops, op -> !op.curves())
          .map(node -> "needs second derivatives, which node " + node + " has none of here");
    }
  },
  /** The same of steps of training, without draws: loss-sensitivity unrolls them. */
  UNROLLED_STEPS {
    @Override
    Optional<String> lackingIn(List<String> names, List<Op> ops) {
      Optional<String> lacking = SECOND_DERIVATIVES.lackingIn(names, ops);
      return lacking.isPresent()
          ? lacking
          : first(names, ops, op -> op instanceof Dropout || op instanceof ChannelDropout)
              .map(node -> "unrolls steps without draws, which node " + node + " makes");
    }
  };

  private static Optional<String> first(List<String> names, List<Op> ops, Predicate<Op> test) {
    for (int i = 0; i < ops.size(); i++) {
      if (test.test(ops.get(i))) {
        return Optional.of(names.get(i) + " (" + ops.get(i).word() + ")");
      }
    }
    return Optional.empty();
  }

  /** Why a network of these nodes cannot; empty if it can. */
  abstract Optional<String> lackingIn(List<String> names, List<Op> ops);
}
