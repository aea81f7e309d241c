package dev.rote.corruption.labels;

import dev.rote.random.CounterRandom;
import dev.rote.spec.ConfusedClasses;

/** Gives treated examples their new labels. Safe to share between threads. */
public sealed interface LabelRule {

  /**
   * The label of a treated example.
   *
   * @param example index in the split
   * @param original label before the corruption, in [0, K)
   * @param datasetIndex index in the whole dataset
   * @param input of the example
   */
  int relabel(long example, int original, long datasetIndex, RealInput input);

  /** The real input of the example, float32[V] in [0, 1], read when it is asked for. */
  interface RealInput {
    float[] values();
  }

  /** Whether a label is treated at all, its example being chosen. */
  default boolean treats(long example, int original, long datasetIndex) {
    return true;
  }

  /** The classes of a dataset's files where only some are picked, or several made one. */
  interface OwnClasses {
    /** Of an example, in [0, classes of the files). */
    int of(long example);

    /** What became of such a class; -1 for one that is left out. */
    int picked(int ownClass);
  }

  /**
   * A rule of the classes of a dataset's files, where only some are picked or several made one. An
   * example whose new label is of a class that is left out stays untreated.
   */
  record Picked(LabelRule rule, OwnClasses own) implements LabelRule {
    private static final RealInput NONE = () -> new float[0];

    @Override
    public boolean treats(long example, int original, long datasetIndex) {
      if (!rule.treats(example, own.of(example), datasetIndex)) {
        return false;
      }
      int label = relabel(example, original, datasetIndex, NONE);
      return label >= 0 && (rule instanceof Human || label != original);
    }

    @Override
    public int relabel(long example, int original, long datasetIndex, RealInput input) {
      return own.picked(rule.relabel(example, own.of(example), datasetIndex, input));
    }
  }

  /** Stream of the draws of a split: {@code labels/draw/<split>}, draws (example, 0). */
  private static CounterRandom draws(long seed, String split) {
    return CounterRandom.of(seed, "labels/draw/" + split);
  }

  /** Uniform over all K classes, the original one included (the paper's randY). */
  record Any(CounterRandom random, int classes) implements LabelRule {
    public static Any of(long seed, String split, int classes) {
      return new Any(draws(seed, split), classes);
    }

    @Override
    public int relabel(long example, int original, long datasetIndex, RealInput input) {
      return (int) random.below(classes, example, 0);
    }
  }

  /** Uniform over the K - 1 other classes. */
  record Other(CounterRandom random, int classes) implements LabelRule {
    public static Other of(long seed, String split, int classes) {
      return new Other(draws(seed, split), classes);
    }

    @Override
    public int relabel(long example, int original, long datasetIndex, RealInput input) {
      return (int) ((original + 1 + random.below(classes - 1L, example, 0)) % classes);
    }
  }

  /** A class of its own for each example: its index. */
  record Unique() implements LabelRule {
    @Override
    public int relabel(long example, int original, long datasetIndex, RealInput input) {
      return Math.toIntExact(example);
    }
  }

  /** Class (c + 1) mod K. */
  record Next(int classes) implements LabelRule {
    @Override
    public int relabel(long example, int original, long datasetIndex, RealInput input) {
      return (original + 1) % classes;
    }
  }

  /** The class that each is taken for; classes that are taken for none stay untreated. */
  record Confused(ConfusedClasses takenFor) implements LabelRule {
    @Override
    public boolean treats(long example, int original, long datasetIndex) {
      return takenFor.of(original) != original;
    }

    @Override
    public int relabel(long example, int original, long datasetIndex, RealInput input) {
      return takenFor.of(original);
    }
  }

  /** What the input is taken for. */
  record InstanceDependent(InstanceNoise noise) implements LabelRule {
    @Override
    public int relabel(long example, int original, long datasetIndex, RealInput input) {
      return noise.relabel(example, original, input.values());
    }
  }

  /** The label that a file of the user's own gives; one that is the dataset's stays untreated. */
  record Listed(ListedLabels labels) implements LabelRule {
    @Override
    public boolean treats(long example, int original, long datasetIndex) {
      return labels.label(datasetIndex) != original;
    }

    @Override
    public int relabel(long example, int original, long datasetIndex, RealInput input) {
      return labels.label(datasetIndex);
    }
  }

  /** The label that people gave, by index in the dataset: uint8 values. */
  record Human(HumanLabels labels) implements LabelRule {
    @Override
    public int relabel(long example, int original, long datasetIndex, RealInput input) {
      return labels.label(datasetIndex);
    }
  }

  /** Drawn from row c of a matrix. */
  record Transition(CounterRandom random, TransitionRows rows) implements LabelRule {
    public static Transition of(long seed, String split, TransitionRows rows) {
      return new Transition(draws(seed, split), rows);
    }

    @Override
    public int relabel(long example, int original, long datasetIndex, RealInput input) {
      return rows.at(original, random.uniform(example, 0));
    }
  }
}
