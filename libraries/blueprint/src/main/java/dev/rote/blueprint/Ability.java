package dev.rote.blueprint;

import java.util.List;
import java.util.Optional;

/** What may be asked of a network beyond training and predicting. */
public enum Ability {
  /**
   * Second derivatives of the loss along directions, in inference: sharpness needs them. Every op
   * has them, with those of {@code max} read as 0 where they are not defined; an engine that has
   * them for a {@link DenseChain} alone says so when it is asked.
   */
  SECOND_DERIVATIVES {
    @Override
    Optional<String> lackingIn(List<String> names, List<Op> ops) {
      return Optional.empty();
    }
  },
  /** The same of steps of training, without draws: loss-sensitivity unrolls them. */
  UNROLLED_STEPS {
    @Override
    Optional<String> lackingIn(List<String> names, List<Op> ops) {
      for (int i = 0; i < ops.size(); i++) {
        if (ops.get(i).draws()) {
          return Optional.of(
              "unrolls steps without draws, which node %s (%s) makes"
                  .formatted(names.get(i), ops.get(i).word()));
        }
      }
      return Optional.empty();
    }
  };

  /** Why a network of these nodes cannot; empty if it can. */
  abstract Optional<String> lackingIn(List<String> names, List<Op> ops);
}
