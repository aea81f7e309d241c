package dev.rote.artifacts;

import java.util.Locale;

/** Where each kind of object lies in the bucket. */
public final class ArtifactKeys {
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

  /** A {@code Measurement}. */
  public static String measurement(String measurementId) {
    return "measurements/" + measurementId;
  }

  /** Prefix of a sweep's report. */
  public static String report(String sweepId) {
    return "sweeps/" + sweepId + "/report/";
  }

  /** A {@code ReportManifest}; not among the files that it lists. */
  public static String reportManifest(String sweepId) {
    return "sweeps/" + sweepId + "/report-manifest";
  }
}
