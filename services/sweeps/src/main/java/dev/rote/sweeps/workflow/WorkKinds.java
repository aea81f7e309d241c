package dev.rote.sweeps.workflow;

import dev.rote.v1.WorkItem.WorkCase;
import java.util.Arrays;
import java.util.List;

/** Kinds of work, which are those of the contract, in words. */
public final class WorkKinds {
  private WorkKinds() {}

  /** The words of all kinds. */
  public static List<String> words() {
    return Arrays.stream(WorkCase.values())
        .filter(kind -> kind != WorkCase.WORK_NOT_SET)
        .map(WorkKinds::word)
        .toList();
  }

  /** Whether work of a kind computes networks, so that its bits depend on the worker's numerics. */
  static boolean isOfNumerics(WorkCase kind) {
    return kind == WorkCase.TRAIN_TRIAL || kind == WorkCase.MEASURE_TRIAL;
  }

  /** The word for a kind of work in ids, counts and sentences. */
  static String word(WorkCase kind) {
    return switch (kind) {
      case MATERIALIZE_VARIANT -> "variant";
      case TRAIN_TRIAL -> "trial";
      case MEASURE_TRIAL -> "measurement";
      case WRITE_REPORT -> "report";
      case PRUNE_TRIAL -> "prune";
      case JUDGE_LOOK -> "look";
      case WORK_NOT_SET -> throw new IllegalStateException("a piece of work is of no kind");
    };
  }
}
