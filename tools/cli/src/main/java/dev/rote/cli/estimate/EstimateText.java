package dev.rote.cli.estimate;

import dev.rote.figures.ShortDuration;
import dev.rote.spec.estimate.SweepEstimate;
import dev.rote.v1.Retention;
import java.util.List;
import java.util.Locale;

/** Estimates as lines of text: two digits are as many as they deserve. */
public final class EstimateText {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};
  private static final String[] OPERATIONS = {"FLOP", "kFLOP", "MFLOP", "GFLOP", "TFLOP", "PFLOP"};
  private static final int STEP = 1000;

  private EstimateText() {}

  /**
   * What a sweep will take on disk and in time.
   *
   * @param retention of checkpoints
   * @param gflops rate of the machine
   */
  public static List<String> lines(
      SweepEstimate estimate, Retention.Checkpoints retention, double gflops) {
    double kept = estimate.checkpointBytes() + estimate.traceBytes();
    String traces =
        estimate.traces() == 0
            ? ""
            : ", " + bytes(estimate.traceBytes()) + " in " + count(estimate.traces(), "trace");
    String disk =
        String.format(
            Locale.ROOT,
            "estimate: at most %s stay on disk: %s in %s, %s in %s%s (retention %s)",
            bytes(estimate.variantBytes() + kept),
            bytes(estimate.variantBytes()),
            count(estimate.variants(), "dataset variant"),
            bytes(estimate.checkpointBytes()),
            count(estimate.checkpoints(), "checkpoint"),
            traces,
            retention);
    String advice =
        retention == Retention.Checkpoints.ALL && estimate.checkpoints() > 0
            ? "; 'retention: {checkpoints: FINAL}' keeps the last of each trial"
            : estimate.writtenBytes() > kept
                ? "; up to " + bytes(estimate.writtenBytes()) + " are written meanwhile"
                : "";
    String time =
        String.format(
            Locale.ROOT,
            "estimate: at most %s of training at %s GFLOP/s (--gflops says another rate);"
                + " corrupting, measuring and waiting come on top",
            duration(estimate.operations() / gflops / 1e9),
            number(gflops));
    return List.of(disk + advice, time);
  }

  private static String count(double count, String what) {
    return number(count) + " " + what + (Math.round(count) == 1 ? "" : "s");
  }

  private static String duration(double seconds) {
    return ShortDuration.of(Math.max(Math.ceil(seconds), 1));
  }

  /** Such as {@code 2.2 GB}. */
  public static String bytes(double bytes) {
    return inUnits(bytes, UNITS);
  }

  /** Such as {@code 1.3 GFLOP}. */
  public static String operations(double operations) {
    return inUnits(operations, OPERATIONS);
  }

  private static String inUnits(double amount, String[] units) {
    int unit = 0;
    double value = amount;
    while (value >= STEP && unit < units.length - 1) {
      value /= STEP;
      unit++;
    }
    return String.format(
        Locale.ROOT, value < 10 && unit > 0 ? "%.1f %s" : "%.0f %s", value, units[unit]);
  }

  private static String number(double value) {
    return value == Math.rint(value) || value >= 100
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.3g", value);
  }
}
