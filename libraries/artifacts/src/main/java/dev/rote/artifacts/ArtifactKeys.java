package dev.rote.artifacts;

import dev.rote.v1.MissingArtifact;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where each kind of object lies in the bucket. */
public final class ArtifactKeys {
  /** Prefix of objects that were set aside. */
  public static final String SET_ASIDE = "set-aside/";

  private static final String ID = "[A-Za-z0-9._-]{1,100}";
  private static final Pattern MADE =
      Pattern.compile(
          ("variants/(?<variant>ID)/(manifest|train/\\d{6,10}|validation/\\d{6,10})"
                  + "|trials/(?<trial>ID)/(result|numerics|(checkpoints|resume|history)/\\d{1,15}|trace/\\d{7}/\\d{5})"
                  + "|measurements/(?<measurement>ID)")
              .replace("ID", ID));

  private ArtifactKeys() {}

  /** A {@code VariantManifest}. */
  public static String variantManifest(String variantId) {
    return "variants/" + variantId + "/manifest";
  }

  /**
   * A shard of a variant.
   *
   * @param split {@code train} or {@code validation}
   */
  public static String variantShard(String variantId, String split, int shard) {
    return String.format(Locale.ROOT, "variants/%s/%s/%06d", variantId, split, shard);
  }

  /** A {@code TrialResult}. */
  public static String trialResult(String trialId) {
    return "trials/" + trialId + "/result";
  }

  /** A {@code TrialNumerics}. */
  public static String trialNumerics(String trialId) {
    return "trials/" + trialId + "/numerics";
  }

  /** Prefix of the checkpoints of a trial. */
  public static String checkpoints(String trialId) {
    return "trials/" + trialId + "/checkpoints/";
  }

  /** A checkpoint, headed by a {@code CheckpointHeader}. */
  public static String checkpoint(String trialId, int epoch) {
    return String.format(Locale.ROOT, "trials/%s/checkpoints/%07d", trialId, epoch);
  }

  /** Prefix of what a trial under way resumes from, beside its checkpoints. */
  public static String resumePoints(String trialId) {
    return "trials/" + trialId + "/resume/";
  }

  /** A checkpoint after a number of steps, removed when a newer one is there. */
  public static String resumePoint(String trialId, long steps) {
    return String.format(Locale.ROOT, "trials/%s/resume/%015d", trialId, steps);
  }

  /**
   * A {@code HistoryPart}: its id is that of the trial, a slash, and the first epoch of seven
   * digits.
   */
  public static String historyPart(String partId) {
    int slash = partId.lastIndexOf('/');
    return "trials/" + partId.substring(0, slash) + "/history" + partId.substring(slash);
  }

  /** Prefix of the trace of a trial. */
  public static String trace(String trialId) {
    return "trials/" + trialId + "/trace/";
  }

  /**
   * A {@code TraceBlock}: its id is that of the trial, a slash, the epoch of seven digits, a slash,
   * and the block of five.
   */
  public static String traceBlock(String blockId) {
    String[] parts = blockId.split("/", -1);
    return trace(parts[0]) + parts[1] + "/" + parts[2];
  }

  /**
   * A {@code TraceBlock} of an epoch under way, which belongs to the resume point after as many
   * steps: its id is that of the trial, a slash, the steps of fifteen digits, a slash, and the
   * block of five.
   */
  public static String traceUnderWay(String blockId) {
    String[] parts = blockId.split("/", -1);
    return resumePoints(parts[0]) + parts[1] + "-trace-" + parts[2];
  }

  /** A {@code Measurement}. */
  public static String measurement(String measurementId) {
    return "measurements/" + measurementId;
  }

  /**
   * A file of weights that a user brought.
   *
   * @param sha256 of it
   */
  public static String weights(String sha256) {
    return "weights/" + sha256;
  }

  /**
   * A file of a dataset that a user brought.
   *
   * @param sha256 of it
   */
  public static String ownFile(String sha256) {
    return "files/" + sha256;
  }

  /** Prefix of a sweep's report. */
  public static String report(String sweepId) {
    return "sweeps/" + sweepId + "/report/";
  }

  /** A {@code ReportManifest}; not among the files that it lists. */
  public static String reportManifest(String sweepId) {
    return "sweeps/" + sweepId + "/report-manifest";
  }

  /**
   * What an object is part of, with its key.
   *
   * @return empty for what cannot be made again, such as reports, and for what is no key
   */
  public static Optional<MissingArtifact> artifact(String key) {
    Matcher matcher = MADE.matcher(key);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    MissingArtifact.Builder artifact = MissingArtifact.newBuilder().setKey(key);
    if (matcher.group("variant") != null) {
      artifact.setVariantId(matcher.group("variant"));
    } else if (matcher.group("trial") != null) {
      artifact.setTrialId(matcher.group("trial"));
    } else {
      artifact.setMeasurementId(matcher.group("measurement"));
    }
    return Optional.of(artifact.build());
  }
}
