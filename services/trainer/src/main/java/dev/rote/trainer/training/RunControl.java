package dev.rote.trainer.training;

import dev.rote.v1.TrialProgress;

/** How a run talks to whoever wants it. */
public interface RunControl {

  /** Whether to stop as soon as possible; asked before every step. */
  boolean shouldStop();

  /** Takes the newest progress: at the start and after every epoch. */
  void progress(TrialProgress progress);
}
