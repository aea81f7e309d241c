package dev.rote.cli.command;

import com.google.protobuf.Timestamp;
import dev.rote.cli.output.Column;
import dev.rote.figures.ShortDuration;
import dev.rote.spec.VisibleText;
import dev.rote.v1.Progress;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.TrialCounts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** Columns of listings of sweeps. */
final class SweepColumns {
  private SweepColumns() {}

  static List<Column<Sweep>> all() {
    return List.of(
        Column.text("name", sweep -> sweep.getMetadata().getName()),
        Column.text("id", sweep -> sweep.getStatus().getSweepId()),
        Column.text("phase", sweep -> phase(sweep.getStatus())),
        count("trials", TrialCounts::getTotal),
        count("done", TrialCounts::getDone),
        count("running", TrialCounts::getRunning),
        count("failed", TrialCounts::getFailed),
        count("diverged", TrialCounts::getDiverged),
        count("reused", TrialCounts::getReused),
        Column.text("eta", sweep -> eta(sweep.getStatus())),
        Column.text("submitted", sweep -> time(sweep.getStatus().getSubmitted())),
        Column.text("owner", sweep -> owner(sweep.getStatus())));
  }

  private static Column<Sweep> count(String name, ToLongFunction<TrialCounts> count) {
    return Column.number(name, sweep -> count.applyAsLong(sweep.getStatus().getCounts()));
  }

  /** {@code -} for a sweep from before there were owners. */
  private static String owner(SweepStatus status) {
    return status.getOwner().isEmpty() ? "-" : VisibleText.line(status.getOwner());
  }

  /** Lower case. */
  static String phase(SweepStatus status) {
    return status.getPhase().name().toLowerCase(Locale.ROOT);
  }

  /** {@code -} when unknown or not running. */
  static String eta(SweepStatus status) {
    Progress progress = status.getProgress();
    boolean known = status.getPhase() == SweepStatus.Phase.RUNNING && progress.getEtaSeconds() > 0;
    return known ? ShortDuration.of(progress.getEtaSeconds()) : "-";
  }

  /** ISO 8601 in UTC to the second; {@code -} when unset. */
  static String time(Timestamp time) {
    return time.getSeconds() == 0
        ? "-"
        : Instant.ofEpochSecond(time.getSeconds()).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
