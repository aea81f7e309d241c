package dev.rote.cli.progress;

import dev.rote.v1.SweepStatus;

/** Shows how a sweep goes on. */
public interface ProgressDisplay {
  /** The newest status. */
  void show(SweepStatus status);

  /** A remark between two statuses, on a line of its own. */
  void note(String line);

  /** Nothing more comes: leaves the cursor at the start of a line. */
  void end();
}
