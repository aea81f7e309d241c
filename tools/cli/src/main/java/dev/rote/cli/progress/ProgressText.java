package dev.rote.cli.progress;

import dev.rote.figures.ShortDuration;
import dev.rote.figures.WorkShare;
import dev.rote.v1.Progress;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.TrialCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A sweep's status as one line: pure functions. */
public final class ProgressText {
  private static final int SHORTEST_BAR = 10;
  private static final int LONGEST_BAR = 40;

  private ProgressText() {}

  /**
   * A line with a bar, such as {@code demo [====> ] 45% 9/20 done, 4 running 3.2 epochs/s ETA
   * 1m20s}, narrower than {@code columns}. Where there is no room, whole parts are left out: the
   * bar, the pace, the counts but for those done and failed, the name; never half a word.
   */
  public static String bar(String name, SweepStatus status, int columns) {
    String percent = percent(status);
    String tail = percent + "  " + trials(status) + pace("  ", status);
    int room = columns - 1 - name.length() - tail.length() - 6;
    if (room >= SHORTEST_BAR) {
      return name
          + "  ["
          + blocks(WorkShare.of(status), Math.min(room, LONGEST_BAR))
          + "]  "
          + tail;
    }
    String essence = percent.strip() + "  " + essence(status.getCounts());
    return Stream.of(
            name + "  " + tail,
            name + "  " + percent + "  " + trials(status) + eta("  ", status),
            name + "  " + percent + "  " + trials(status),
            name + "  " + essence,
            shortened(name, columns - 3 - essence.length()) + "  " + essence,
            essence,
            percent.strip())
        .filter(line -> line.length() < columns)
        .findFirst()
        .orElse("");
  }

  /* Such as `a-long-na…`; of less than four letters nothing is left to know it by. */
  private static String shortened(String name, int columns) {
    return columns < 4 ? name : name.substring(0, Math.min(name.length(), columns - 1)) + "…";
  }

  private static String blocks(double fraction, int width) {
    int full = (int) (fraction * width);
    String head = full < width ? ">" : "";
    return "=".repeat(full) + head + " ".repeat(width - full - head.length());
  }

  /**
   * A line without a bar, such as {@code demo: running 45%, 9/20 trials done, 4 running, ETA
   * 1m20s}.
   */
  public static String plain(String name, SweepStatus status) {
    return name
        + ": "
        + phase(status)
        + percent(status).stripLeading()
        + ", "
        + trials(status)
        + pace(", ", status)
        + (status.getWaitingFor().isEmpty() ? "" : "; it waits: " + status.getWaitingFor());
  }

  private static String phase(SweepStatus status) {
    return status.getPhase().name().toLowerCase(Locale.ROOT) + " ";
  }

  private static String percent(SweepStatus status) {
    return String.format(Locale.ROOT, "%3d%%", (int) (WorkShare.of(status) * 100));
  }

  /** Such as {@code 9/20 done, 4 running, 1 failed}; kinds without trials are left out. */
  public static String trials(SweepStatus status) {
    TrialCounts counts = status.getCounts();
    List<String> parts = new ArrayList<>();
    parts.add(done(counts));
    add(parts, counts.getRunning(), "running");
    add(parts, counts.getFailed(), "failed");
    add(parts, counts.getCancelled(), "cancelled");
    add(parts, counts.getReused(), "reused");
    add(parts, counts.getDiverged(), "diverged");
    if (status.hasRepeating()) {
      int open = status.getRepeating().getOpen();
      parts.add(open + (open == 1 ? " claim open" : " claims open"));
    }
    return String.join(", ", parts);
  }

  private static String essence(TrialCounts counts) {
    List<String> parts = new ArrayList<>(List.of(done(counts)));
    add(parts, counts.getFailed(), "failed");
    return String.join(", ", parts);
  }

  private static String done(TrialCounts counts) {
    return Long.toUnsignedString(counts.getDone())
        + "/"
        + Long.toUnsignedString(counts.getTotal())
        + " done";
  }

  private static void add(List<String> parts, long count, String what) {
    if (count > 0) {
      parts.add(count + " " + what);
    }
  }

  private static String pace(String separator, SweepStatus status) {
    return switch (status.getPhase()) {
      case RUNNING -> speed(separator, status.getProgress());
      case PAUSED -> separator + "paused";
      case REPORTING -> separator + "writing the report";
      case COMPLETED, FAILED, CANCELLED, UNSPECIFIED, UNRECOGNIZED -> "";
    };
  }

  private static String speed(String separator, Progress progress) {
    String speed =
        progress.getEpochsPerSecond() > 0
            ? separator + String.format(Locale.ROOT, "%.1f epochs/s", progress.getEpochsPerSecond())
            : "";
    return speed + eta(separator, progress);
  }

  private static String eta(String separator, SweepStatus status) {
    return status.getPhase() == SweepStatus.Phase.RUNNING
        ? eta(separator, status.getProgress())
        : "";
  }

  private static String eta(String separator, Progress progress) {
    return progress.getEtaSeconds() > 0
        ? separator + "ETA " + ShortDuration.of(progress.getEtaSeconds())
        : "";
  }
}
