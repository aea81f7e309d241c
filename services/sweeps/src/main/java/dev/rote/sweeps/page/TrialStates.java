package dev.rote.sweeps.page;

import dev.rote.v1.TrialSummary.State;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** States of trials in words and signs, so that none is told by its colour alone. */
final class TrialStates {
  private static final List<State> ALL =
      Arrays.stream(State.values())
          .filter(state -> state != State.UNSPECIFIED && state != State.UNRECOGNIZED)
          .toList();

  private TrialStates() {}

  static List<State> all() {
    return ALL;
  }

  /** Such as {@code training}. */
  static String word(State state) {
    return switch (state) {
      case UNSPECIFIED, UNRECOGNIZED -> "not needed";
      default -> state.name().toLowerCase(Locale.ROOT);
    };
  }

  /** Whether a trial may still change. */
  static boolean isLive(State state) {
    return switch (state) {
      case PENDING, CORRUPTING, TRAINING, MEASURING -> true;
      case UNSPECIFIED, UNRECOGNIZED, DONE, FAILED, CANCELLED -> false;
    };
  }

  /** The name of its style. */
  static String style(State state) {
    return switch (state) {
      case UNSPECIFIED, UNRECOGNIZED -> "unneeded";
      case CORRUPTING, TRAINING, MEASURING -> "working";
      default -> word(state);
    };
  }

  static String sign(State state) {
    return switch (state) {
      case UNSPECIFIED, UNRECOGNIZED -> "\u00a0";
      case PENDING -> "·";
      case CORRUPTING -> "c";
      case TRAINING -> "t";
      case MEASURING -> "m";
      case DONE -> "✓";
      case FAILED -> "✕";
      case CANCELLED -> "–";
    };
  }
}
