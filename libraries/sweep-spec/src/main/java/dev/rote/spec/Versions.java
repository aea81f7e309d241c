package dev.rote.spec;

import dev.rote.v1.WorkItem;
import java.util.Arrays;

/**
 * Semantic versions that ids are made under.
 *
 * @param corruption of datasets and corruption
 * @param engine of training
 * @param metrics of measuring
 */
public record Versions(String corruption, String engine, String metrics) {
  /** Those that this build computes. */
  public static final Versions CURRENT =
      new Versions(SemanticVersions.CORRUPTION, SemanticVersions.ENGINE, SemanticVersions.METRICS);

  /**
   * Those before accuracy and cross-entropy had one definition, and of sweeps from before versions
   * were noted with them.
   */
  public static final Versions FORMER = new Versions("1", "2", "3");

  /** Whether a text can be read by {@link #parse}. */
  public static boolean isWellFormed(String text) {
    String[] parts = text.split("/", -1);
    return text.isEmpty() || (parts.length == 3 && !Arrays.asList(parts).contains(""));
  }

  /**
   * Reads {@code <corruption>/<engine>/<metrics>}; what is empty was never noted.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static Versions parse(String text) {
    if (text.isEmpty()) {
      return FORMER;
    }
    if (!isWellFormed(text)) {
      throw new IllegalArgumentException(
          "versions must be <corruption>/<engine>/<metrics>, was '" + text + "'");
    }
    String[] parts = text.split("/", -1);
    return new Versions(parts[0], parts[1], parts[2]);
  }

  /**
   * Whether a worker of these versions does work that asks for others under the same ids: those of
   * the versions that count for its kind are equal.
   */
  public boolean fit(WorkItem.WorkCase kind, Versions asked) {
    return switch (kind) {
      case MATERIALIZE_VARIANT -> corruption.equals(asked.corruption);
      case TRAIN_TRIAL -> corruption.equals(asked.corruption) && engine.equals(asked.engine);
      case MEASURE_TRIAL -> equals(asked);
      case WRITE_REPORT, PRUNE_TRIAL, JUDGE_LOOK, WORK_NOT_SET -> true;
    };
  }

  /** {@code <corruption>/<engine>/<metrics>}. */
  @Override
  public String toString() {
    return corruption + "/" + engine + "/" + metrics;
  }
}
