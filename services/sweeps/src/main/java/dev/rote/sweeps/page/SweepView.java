package dev.rote.sweeps.page;

import dev.rote.spec.Grid;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.TrialFailure;
import java.util.List;
import java.util.Locale;

/**
 * A sweep on its page.
 *
 * @param axes such as {@code data: real, randX}
 * @param failures newest last
 * @param repeating how far it is, of a sweep that repeats until judged; else empty
 * @param pausable whether it can be held, {@code resumable} and so on likewise
 */
public record SweepView(
    SweepLine line,
    String description,
    List<String> axes,
    List<Failure> failures,
    String repeating,
    String numerics,
    int parallelism,
    boolean pausable,
    boolean resumable,
    boolean cancellable,
    boolean retriable) {

  /** A trial that failed, and why. */
  public record Failure(long trial, String step, String reason) {}

  static SweepView of(Sweep sweep) {
    SweepStatus status = sweep.getStatus();
    Grid grid = Grid.of(sweep.getSpec());
    SweepStatus.Phase phase = status.getPhase();
    return new SweepView(
        SweepLine.of(sweep),
        sweep.getSpec().getDescription(),
        grid.axisNames().stream()
            .map(axis -> axis + ": " + String.join(", ", grid.labels(axis)))
            .toList(),
        status.getFailuresList().stream().map(SweepView::failure).toList(),
        repeating(status),
        status.getNumerics(),
        sweep.getSpec().getParallelism(),
        phase == SweepStatus.Phase.RUNNING,
        phase == SweepStatus.Phase.PAUSED,
        SweepLine.isRunning(phase),
        !SweepLine.isRunning(phase)
            && status.getCounts().getFailed() + status.getCounts().getCancelled() > 0);
  }

  private static Failure failure(TrialFailure failure) {
    return new Failure(failure.getTrialIndex(), failure.getStep(), failure.getReason());
  }

  private static String repeating(SweepStatus status) {
    return status.hasRepeating()
        ? String.format(
            Locale.ROOT,
            "%d of at most %d looks at the claims; the next at %d repetitions; %d claims open",
            status.getRepeating().getLooks(),
            status.getRepeating().getMostLooks(),
            status.getRepeating().getRepetitions(),
            status.getRepeating().getOpen())
        : "";
  }
}
