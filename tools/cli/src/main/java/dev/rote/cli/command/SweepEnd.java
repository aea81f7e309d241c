package dev.rote.cli.command;

import dev.rote.cli.ExitCodes;
import dev.rote.cli.progress.ProgressText;
import dev.rote.spec.VisibleText;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.TrialFailure;
import java.io.PrintWriter;

/** How a sweep ended, in words and as an exit code. */
final class SweepEnd {
  private SweepEnd() {}

  /** One line, and one for each failure known. */
  static void describe(String name, SweepStatus status, PrintWriter to) {
    to.println(name + ": " + SweepColumns.phase(status) + ", " + ProgressText.trials(status));
    for (TrialFailure failure : status.getFailuresList()) {
      String what =
          failure.getTrialId().isEmpty()
              ? ""
              : String.format("trial %d (%s) ", failure.getTrialIndex(), failure.getTrialId());
      String step = failure.getStep().isEmpty() ? "failed" : "failed to " + failure.getStep();
      to.println("  " + what + step + ": " + VisibleText.line(failure.getReason()));
    }
    to.flush();
  }

  static int exitCode(SweepStatus status) {
    boolean well =
        status.getPhase() == SweepStatus.Phase.COMPLETED && status.getCounts().getFailed() == 0;
    return well ? ExitCodes.OK : ExitCodes.SWEEP_FAILED;
  }
}
