package dev.rote.corruption.labels;

import dev.rote.random.CounterRandom;

/** Gives treated examples their new labels. Safe to share between threads. */
public sealed interface LabelRule {

  /**
   * The label of a treated example.
   *
   * @param example index in the split
   * @param original label before the corruption, in [0, K)
   * @param datasetIndex index in the whole dataset
   */
  int relabel(long example, int original, long datasetIndex);

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
    public int relabel(long example, int original, long datasetIndex) {
      return (int) random.below(classes, example, 0);
    }
  }

  /** Uniform over the K - 1 other classes. */
  record Other(CounterRandom random, int classes) implements LabelRule {
    public static Other of(long seed, String split, int classes) {
      return new Other(draws(seed, split), classes);
    }

    @Override
    public int relabel(long example, int original, long datasetIndex) {
      return (int) ((original + 1 + random.below(classes - 1L, example, 0)) % classes);
    }
  }

  /** A class of its own for each example: its index. */
  record Unique() implements LabelRule {
    @Override
    public int relabel(long example, int original, long datasetIndex) {
      return Math.toIntExact(example);
    }
  }

  /** Class (c + 1) mod K. */
  record Next(int classes) implements LabelRule {
    @Override
    public int relabel(long example, int original, long datasetIndex) {
      return (original + 1) % classes;
    }
  }

  /** The label that people gave, by index in the dataset: uint8 values. */
  record Human(HumanLabels labels) implements LabelRule {
    @Override
    public int relabel(long example, int original, long datasetIndex) {
      return labels.label(datasetIndex);
    }
  }

  /** Drawn from row c of a matrix. */
  record Transition(CounterRandom random, TransitionRows rows) implements LabelRule {
    public static Transition of(long seed, String split, TransitionRows rows) {
      return new Transition(draws(seed, split), rows);
    }

    @Override
    public int relabel(long example, int original, long datasetIndex) {
      return rows.at(original, random.uniform(example, 0));
    }
  }
}
