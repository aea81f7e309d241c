package dev.rote.figures.study;

import dev.rote.figures.study.ScoredExamples.Column;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A score of each example, mean over repetitions that have the same examples with the same labels
 * and inputs as the first: where the corruption is drawn anew it is the first repetition's alone.
 */
public final class ScoreMeans {
  private final int[] sourceIndices;
  private final int[] labels;
  private final int[] sourceLabels;
  private final BitSet replaced;
  private final BitSet threshold;
  private final double[] sums;
  private final int[] counts;
  private final int[] predictions;
  private final int[] agreeing;
  private final BitSet censored = new BitSet();
  private final boolean lowSuspect;
  private final boolean knowsSources;
  private final String variantId;
  private int repetitions;

  /** What an example is in the data that are trained on. */
  public enum Group {
    CLEAN("clean"),
    CHANGED_LABEL("changed label"),
    REPLACED_INPUT("replaced input"),
    THRESHOLD_CLASS("threshold class");

    private final String words;

    Group(String words) {
      this.words = words;
    }

    /** As it stands in legends. */
    public String words() {
      return words;
    }
  }

  private ScoreMeans(ScoredExamples scored, Column column, String variantId) {
    int n = scored.examples();
    this.sourceIndices = new int[n];
    this.labels = new int[n];
    this.sourceLabels = new int[n];
    this.replaced = new BitSet(n);
    this.threshold = new BitSet(n);
    this.sums = new double[n];
    this.counts = new int[n];
    this.predictions = new int[n];
    this.agreeing = new int[n];
    this.lowSuspect = column.isLowSuspect();
    this.knowsSources = scored.knowsSources();
    this.variantId = variantId;
    for (int i = 0; i < n; i++) {
      sourceIndices[i] = scored.sourceIndex(i);
      labels[i] = scored.label(i);
      sourceLabels[i] = scored.sourceLabel(i);
      replaced.set(i, scored.replacedInput(i));
      threshold.set(i, scored.thresholdClass(i));
      predictions[i] = scored.prediction(i);
    }
  }

  /** Those of a first repetition; empty when it has no such score. */
  static Optional<ScoreMeans> of(ScoredExamples scored, String score, String variantId) {
    return scored
        .score(score)
        .map(
            column -> {
              ScoreMeans means = new ScoreMeans(scored, column, variantId);
              means.add(scored, column);
              return means;
            });
  }

  /** Adds a repetition, unless its examples are others. */
  void add(ScoredExamples scored, String score) {
    Optional<Column> column = scored.score(score);
    if (column.isPresent() && isSame(scored)) {
      add(scored, column.get());
    }
  }

  private void add(ScoredExamples scored, Column column) {
    for (int i = 0; i < sums.length; i++) {
      agreeing[i] += predictions[i] != 0 && scored.prediction(i) == predictions[i] ? 1 : 0;
      float value = column.value(i);
      if (!Float.isNaN(value)) {
        sums[i] += value;
        counts[i]++;
        if (column.censored(i)) {
          censored.set(i);
        }
      }
    }
    repetitions++;
  }

  private boolean isSame(ScoredExamples scored) {
    if (scored.examples() != sums.length) {
      return false;
    }
    for (int i = 0; i < sums.length; i++) {
      if (scored.sourceIndex(i) != sourceIndices[i]
          || scored.label(i) != labels[i]
          || scored.replacedInput(i) != replaced.get(i)) {
        return false;
      }
    }
    return true;
  }

  /** N. */
  public int examples() {
    return sums.length;
  }

  /** Mean of an example, a lower bound where it is censored; NaN where no repetition has one. */
  public double mean(int example) {
    return counts[example] == 0 ? Double.NaN : sums[example] / counts[example];
  }

  /** Whether some repetition knows a lower bound alone. */
  public boolean censored(int example) {
    return censored.get(example);
  }

  /** The mean in the order of scores: what is censored is above every number. */
  public double ordered(int example) {
    return censored(example) ? Double.POSITIVE_INFINITY : mean(example);
  }

  /** Whether small values are those that are suspect. */
  public boolean isLowSuspect() {
    return lowSuspect;
  }

  /**
   * Whether {@link #sourceLabel} and {@link #replacedInput} are the dataset's: measurements of
   * errors do not store them.
   */
  public boolean knowsSources() {
    return knowsSources;
  }

  /** Index of an example in the dataset's source file. */
  public int sourceIndex(int example) {
    return sourceIndices[example];
  }

  public int label(int example) {
    return labels[example];
  }

  public int sourceLabel(int example) {
    return sourceLabels[example];
  }

  public boolean replacedInput(int example) {
    return replaced.get(example);
  }

  /** The class that the first repetition predicts; empty where it predicts none. */
  public OptionalInt prediction(int example) {
    return predictions[example] == 0
        ? OptionalInt.empty()
        : OptionalInt.of(predictions[example] - 1);
  }

  /** Repetitions that predict the same class as the first. */
  public int predictedBy(int example) {
    return agreeing[example];
  }

  /**
   * The group of an example: one of the threshold class is of that group whatever its input, one
   * whose input was replaced of that one whatever its label.
   */
  public Group group(int example) {
    if (threshold.get(example)) {
      return Group.THRESHOLD_CLASS;
    }
    if (replaced.get(example)) {
      return Group.REPLACED_INPUT;
    }
    return labels[example] == sourceLabels[example] ? Group.CLEAN : Group.CHANGED_LABEL;
  }

  /** Distinct labels that are trained on, sorted. */
  public int[] classes() {
    return Arrays.stream(labels).distinct().sorted().toArray();
  }

  /** Id of the first repetition's variant. */
  public String variantId() {
    return variantId;
  }

  /** Repetitions behind the means. */
  public int repetitions() {
    return repetitions;
  }
}
