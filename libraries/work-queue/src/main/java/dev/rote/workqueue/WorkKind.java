package dev.rote.workqueue;

import dev.rote.v1.WorkItem;

/** Kinds of work; each has a topic of offers and a share group of workers. */
public enum WorkKind {
  /** Variants to materialise: corruption workers. */
  VARIANTS("variants", "variant"),
  /** Trials to train: trainer workers. */
  TRIALS("trials", "trial"),
  /** Trials to measure: metrics workers. */
  MEASUREMENTS("measurements", "measurement"),
  /** Reports to write and checkpoints to prune. */
  REPORTS("reports", "report");

  private final String word;
  private final String piece;

  WorkKind(String word, String piece) {
    this.word = word;
    this.piece = piece;
  }

  /** Word for one piece of it, with which its name begins. */
  String piece() {
    return piece;
  }

  /** Name of the topic that offers this kind of work. */
  public String topic() {
    return "rote.work." + word;
  }

  /** Name of the share group that the workers of this kind form. */
  public String group() {
    return "rote-" + word;
  }

  /**
   * The kind of an item.
   *
   * @throws IllegalArgumentException if the item holds no work
   */
  public static WorkKind of(WorkItem item) {
    return switch (item.getWorkCase()) {
      case MATERIALIZE_VARIANT -> VARIANTS;
      case TRAIN_TRIAL -> TRIALS;
      case MEASURE_TRIAL -> MEASUREMENTS;
      case WRITE_REPORT, PRUNE_TRIAL, JUDGE_LOOK -> REPORTS;
      case WORK_NOT_SET ->
          throw new IllegalArgumentException(
              "work item '%s' holds no work".formatted(item.getWorkId()));
    };
  }
}
