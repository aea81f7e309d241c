package dev.rote.sweeps.page;

import com.google.protobuf.Timestamp;
import dev.rote.figures.ShortDuration;
import dev.rote.figures.WorkShare;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.TrialCounts;
import dev.rote.v1.VerdictCounts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where a sweep stands, in words.
 *
 * @param phase in lower case, such as {@code running}
 * @param percent of the work, in [0, 100]
 * @param trials such as {@code 9 of 20 done, 4 running}
 * @param eta such as {@code 1m20s}; empty when unknown
 * @param verdicts such as {@code 2 hold, 1 undecided}; empty before there are any
 * @param submitted ISO 8601
 * @param owner who submitted it first; empty for one from before there were owners
 * @param waitingFor what it waits for; empty while all is well
 * @param running whether it may still change
 */
public record SweepLine(
    String id,
    String name,
    String phase,
    int percent,
    String trials,
    String eta,
    String verdicts,
    String submitted,
    String owner,
    String waitingFor,
    boolean running) {

  static SweepLine of(Sweep sweep) {
    return of(sweep.getMetadata().getName(), sweep.getStatus());
  }

  static SweepLine of(String name, SweepStatus status) {
    return new SweepLine(
        status.getSweepId(),
        name,
        status.getPhase().name().toLowerCase(Locale.ROOT),
        (int) (100 * WorkShare.of(status)),
        trials(status),
        eta(status),
        verdicts(status.getVerdicts()),
        time(status.getSubmitted()),
        status.getOwner(),
        status.getWaitingFor(),
        isRunning(status.getPhase()));
  }

  static boolean isRunning(Phase phase) {
    return phase == Phase.RUNNING || phase == Phase.PAUSED || phase == Phase.REPORTING;
  }

  private static String trials(SweepStatus status) {
    TrialCounts counts = status.getCounts();
    List<String> parts = new ArrayList<>();
    parts.add(String.format(Locale.ROOT, "%,d of %,d done", counts.getDone(), counts.getTotal()));
    add(parts, counts.getRunning(), "running");
    add(parts, counts.getFailed(), "failed");
    add(parts, counts.getCancelled(), "cancelled");
    add(parts, counts.getReused(), "reused");
    add(parts, counts.getDiverged(), "diverged");
    int open = status.getRepeating().getOpen();
    add(parts, open, open == 1 ? "claim open" : "claims open");
    return String.join(", ", parts);
  }

  private static String eta(SweepStatus status) {
    double seconds = status.getProgress().getEtaSeconds();
    return status.getPhase() == Phase.RUNNING && seconds > 0 ? ShortDuration.of(seconds) : "";
  }

  private static String verdicts(VerdictCounts verdicts) {
    List<String> parts = new ArrayList<>();
    add(parts, verdicts.getHolding(), "hold");
    add(parts, verdicts.getFailing(), "do not");
    add(parts, verdicts.getUndecided(), "undecided");
    return String.join(", ", parts);
  }

  private static void add(List<String> parts, long count, String what) {
    if (count > 0) {
      parts.add(String.format(Locale.ROOT, "%,d %s", count, what));
    }
  }

  private static String time(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds()).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
