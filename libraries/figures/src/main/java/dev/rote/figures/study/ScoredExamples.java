package dev.rote.figures.study;

import com.google.protobuf.ByteString;
import dev.rote.figures.FigureException;
import dev.rote.figures.FigureException.Reason;
import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.DetectionPanel;
import dev.rote.v1.ExampleScore;
import dev.rote.v1.ExampleScoreValues;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The scores that a measurement gives to examples at a checkpoint, N of them. */
final class ScoredExamples {
  private final ExampleScoreValues values;
  private final int examples;
  private final boolean knowsSources;

  private ScoredExamples(ExampleScoreValues values, boolean knowsSources) {
    this.values = values;
    this.knowsSources = knowsSources;
    this.examples = values.getSourceIndicesCount();
  }

  /**
   * The scores of a checkpoint; empty when it has none.
   *
   * @throws FigureException with {@link Reason#INCONSISTENT_RESULTS} when its arrays are not of the
   *     same examples
   */
  static Optional<ScoredExamples> of(CheckpointMeasurement checkpoint) {
    Optional<ScoredExamples> found =
        checkpoint.hasScores()
            ? Optional.of(new ScoredExamples(checkpoint.getScores(), true))
            : ErrorScores.of(checkpoint).map(values -> new ScoredExamples(values, false));
    found.ifPresent(ScoredExamples::check);
    return found;
  }

  private void check() {
    check("labels", values.getLabelsCount());
    check("labels of the dataset", values.getSourceLabelsCount());
    if (values.getPredictionsCount() > 0) {
      check("predictions", values.getPredictionsCount());
    }
    for (ExampleScore score : values.getScoresList()) {
      check("values of " + score.getName(), score.getValuesCount());
    }
  }

  private void check(String what, int count) {
    if (count != examples) {
      throw new FigureException(
          Reason.INCONSISTENT_RESULTS,
          "scores of " + examples + " examples need as many " + what + ", had " + count);
    }
  }

  /** N. */
  int examples() {
    return examples;
  }

  /** Whether others are scores of the same examples in the same order. */
  boolean areSame(ScoredExamples other) {
    return values.getSourceIndicesList().equals(other.values.getSourceIndicesList());
  }

  /** Whether it is known what the dataset says of the examples: else they are as trained on. */
  boolean knowsSources() {
    return knowsSources;
  }

  /** Index of an example in the dataset's source file. */
  int sourceIndex(int example) {
    return values.getSourceIndices(example);
  }

  int label(int example) {
    return values.getLabels(example);
  }

  int sourceLabel(int example) {
    return values.getSourceLabels(example);
  }

  boolean replacedInput(int example) {
    return bit(values.getReplacedInputs(), example);
  }

  /** Whether an example has the class that does not exist: there is nothing to be found in it. */
  boolean thresholdClass(int example) {
    return bit(values.getThresholdClass(), example);
  }

  /** The class that is predicted, plus 1; 0 where none is, or it is not known. */
  int prediction(int example) {
    return values.getPredictionsCount() == 0 ? 0 : values.getPredictions(example);
  }

  /** Whether an example is one that is to be found. */
  boolean isOf(DetectionPanel.Target target, int example) {
    boolean changed = label(example) != sourceLabel(example);
    return switch (target) {
      case CHANGED_LABELS, UNSPECIFIED, UNRECOGNIZED -> changed;
      case REPLACED_INPUTS -> replacedInput(example);
      case EITHER -> changed || replacedInput(example);
    };
  }

  /** A score by its name; empty when there is none of that name. */
  Optional<Column> score(String name) {
    return values.getScoresList().stream()
        .filter(score -> score.getName().equals(name))
        .findFirst()
        .map(Column::new);
  }

  private static boolean bit(ByteString bits, int i) {
    return i >> 3 < bits.size() && (bits.byteAt(i >> 3) >> (i & 7) & 1) == 1;
  }

  /** One score of all examples. */
  static final class Column {
    private final ExampleScore score;

    private Column(ExampleScore score) {
      this.score = score;
    }

    /** Whether small values are those that are suspect. */
    boolean isLowSuspect() {
      return score.getSuspect() == ExampleScore.Suspect.LOW;
    }

    boolean censored(int example) {
      return bit(score.getCensored(), example);
    }

    /** Its value, a lower bound where it is censored; NaN where it has none. */
    float value(int example) {
      return score.getValues(example);
    }

    /** Its value in the order of values: one that is censored is above every number. */
    float ordered(int example) {
      float value = value(example);
      return censored(example) && !Float.isNaN(value) ? Float.POSITIVE_INFINITY : value;
    }
  }

  /** Examples that two measurements score, by their index in the source. */
  static final class Shared {
    private final int[] first;
    private final int[] second;

    private Shared(int[] first, int[] second) {
      this.first = first;
      this.second = second;
    }

    int examples() {
      return first.length;
    }

    /** Position of a shared example in the first measurement. */
    int first(int example) {
      return first[example];
    }

    /** Position of the same example in the second. */
    int second(int example) {
      return second[example];
    }

    static Shared of(ScoredExamples one, ScoredExamples other) {
      if (one.areSame(other)) {
        int[] all = new int[one.examples];
        Arrays.setAll(all, i -> i);
        return new Shared(all, all);
      }
      long[] a = one.byIndex();
      long[] b = other.byIndex();
      int[] first = new int[Math.min(a.length, b.length)];
      int[] second = new int[first.length];
      int shared = 0;
      for (int i = 0, j = 0; i < a.length && j < b.length; ) {
        int order = Long.compare(a[i] >>> Integer.SIZE, b[j] >>> Integer.SIZE);
        if (order == 0) {
          first[shared] = (int) a[i++];
          second[shared++] = (int) b[j++];
        } else if (order < 0) {
          i++;
        } else {
          j++;
        }
      }
      return new Shared(Arrays.copyOf(first, shared), Arrays.copyOf(second, shared));
    }
  }

  /** Source indices, each with the position of its example in the lower half, sorted. */
  private long[] byIndex() {
    long[] keys = new long[examples];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = Integer.toUnsignedLong(sourceIndex(i)) << Integer.SIZE | i;
    }
    Arrays.sort(keys);
    return keys;
  }

  /** The scores of a measurement at an epoch, or of its last checkpoint that has some. */
  static Optional<ScoredExamples> of(
      Iterable<CheckpointMeasurement> checkpoints, @Nullable Integer epoch) {
    @Nullable CheckpointMeasurement found = null;
    for (CheckpointMeasurement checkpoint : checkpoints) {
      boolean wanted = epoch == null ? scores(checkpoint) : checkpoint.getEpoch() == epoch;
      if (wanted && (found == null || checkpoint.getEpoch() > found.getEpoch())) {
        found = checkpoint;
      }
    }
    return found == null ? Optional.empty() : of(found);
  }

  private static boolean scores(CheckpointMeasurement checkpoint) {
    return checkpoint.hasScores() || ErrorScores.isIn(checkpoint);
  }
}
