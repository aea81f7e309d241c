package dev.rote.spec;

import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.TrialSpec;
import java.util.List;

/**
 * What a specification may ask of one kind of measurement: its defaults and its bounds. All kinds
 * stand in {@link MeasurementKinds}.
 */
interface MeasurementKind {
  /** The field of the specification that this is about. */
  MeasurementSpec.KindCase field();

  /** Fills in defaults; accepts what is not valid yet. */
  void fill(MeasurementSpec.Builder spec);

  /**
   * Checks the kind's own message.
   *
   * @param checks at that message
   * @param spec all defaults filled in
   */
  void check(Checks checks, MeasurementSpec spec);

  /**
   * Checks whether a trial can be measured so.
   *
   * @param checks at the kind's own message
   * @param trial all defaults filled in
   */
  default void checkTrial(Checks checks, MeasurementSpec spec, TrialSpec trial) {}

  /** Whether it looks at the trial's trace, and so has values of every epoch. */
  default boolean ofTrace() {
    return false;
  }

  /**
   * Names of the scores that it gives to single examples, in the order in which they are stored;
   * none unless it scores examples.
   *
   * @param spec all defaults filled in
   */
  default List<String> scores(MeasurementSpec spec) {
    return List.of();
  }

  /**
   * Names of the numbers of single examples that their pictures can be sorted by: its scores,
   * unless it has others.
   *
   * @param spec all defaults filled in
   */
  default List<String> pictured(MeasurementSpec spec) {
    return scores(spec);
  }

  /** Whether it looks at the whole run, and so has a single value at its last epoch. */
  default boolean ofWholeRun() {
    return false;
  }
}
