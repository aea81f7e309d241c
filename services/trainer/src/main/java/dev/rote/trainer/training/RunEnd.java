package dev.rote.trainer.training;

import dev.rote.v1.TrialResult;

/** How a run came to an end. */
public sealed interface RunEnd {

  /** The trial is done. */
  record Finished(TrialResult result) implements RunEnd {}

  /** The run was asked to stop and can be resumed where it was. */
  record Stopped() implements RunEnd {}
}
