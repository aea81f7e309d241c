package dev.rote.sweeps.workflow;

import dev.rote.spec.Ids;
import dev.rote.spec.TrialId;
import dev.rote.v1.WorkRecordOrBuilder;
import java.util.Optional;
import java.util.function.Function;

/**
 * Under which id a trial stands for a sweep: its own, while no other family of numerics has that,
 * else its id within the sweep's family. The first family that is given a trial keeps its id.
 */
final class Families {
  private Families() {}

  /**
   * The id of a trial for sweeps of one family.
   *
   * @param numerics of the sweep; empty while it is not settled
   * @param works work by its id, as the state has it
   */
  static TrialId idOf(
      TrialId trial, String numerics, Function<String, Optional<WorkRecordOrBuilder>> works) {
    String holder =
        works.apply(WorkIds.trial(trial.value())).map(WorkRecordOrBuilder::getNumerics).orElse("");
    return holder.isEmpty() || holder.equals(numerics) ? trial : Ids.trialIdWithin(trial, numerics);
  }

  /** Whether a trial may have stood under an id for a sweep. */
  static boolean isIdOf(String id, TrialId trial, String numerics) {
    return id.equals(trial.value())
        || id.equals(Ids.trialIdWithin(trial, "").value())
        || id.equals(Ids.trialIdWithin(trial, numerics).value());
  }
}
