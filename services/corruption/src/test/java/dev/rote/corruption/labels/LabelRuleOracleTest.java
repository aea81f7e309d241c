package dev.rote.corruption.labels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.spec.ConfusedClasses;
import dev.rote.v1.TransitionRow;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelRuleOracleTest {
  private static final int N = 20_000;
  private static final int K = 10;
  private static final LabelRule.RealInput NO_INPUT =
      () -> {
        throw new AssertionError("no input is needed");
      };

  /** counts[c][k]: how often label c became k. */
  private static int[][] counts(LabelRule rule) {
    int[][] counts = new int[K][K];
    for (int i = 0; i < N; i++) {
      int original = i % K;
      counts[original][rule.relabel(i, original, i, NO_INPUT)]++;
    }
    return counts;
  }

  /** Pearson's statistic against equal shares; 9 degrees of freedom: 99.99 % below 33.7. */
  private static double chiSquare(int[] observed, int cells) {
    int total = java.util.Arrays.stream(observed).sum();
    double expected = (double) total / cells;
    double sum = 0;
    for (int count : observed) {
      sum += count == 0 && cells < observed.length ? 0 : Math.pow(count - expected, 2) / expected;
    }
    return sum;
  }

  @Test
  void any_allClasses_uniformOriginalIncluded() {
    for (int[] row : counts(LabelRule.Any.of(5, "train", K))) {
      assertThat(chiSquare(row, K)).isLessThan(33.7);
    }
  }

  @Test
  void other_neverTheOriginal_uniformOverTheRest() {
    int[][] counts = counts(LabelRule.Other.of(5, "train", K));
    for (int c = 0; c < K; c++) {
      assertThat(counts[c][c]).isZero();
      assertThat(chiSquare(counts[c], K - 1)).isLessThan(33.7);
    }
  }

  @Test
  void next_cycle() {
    LabelRule rule = new LabelRule.Next(3);
    assertThat(
            List.of(
                rule.relabel(0, 0, 0, NO_INPUT),
                rule.relabel(1, 1, 1, NO_INPUT),
                rule.relabel(2, 2, 2, NO_INPUT)))
        .containsExactly(1, 2, 0);
  }

  @Test
  void unique_indexOfTheExample() {
    assertThat(new LabelRule.Unique().relabel(4711, 3, 9, NO_INPUT)).isEqualTo(4711);
  }

  @Test
  void human_byDatasetIndex() {
    LabelRule rule = new LabelRule.Human(new HumanLabels(new byte[] {4, 5, 6}));
    assertThat(rule.relabel(0, 1, 2, NO_INPUT)).isEqualTo(6);
  }

  /** Truck becomes automobile, horse stays. */
  @Test
  void confused_whatAClassIsTakenFor() {
    LabelRule rule = new LabelRule.Confused(ConfusedClasses.of("cifar10").orElseThrow());
    assertThat(rule.treats(0, 9, 0)).isTrue();
    assertThat(rule.relabel(0, 9, 0, NO_INPUT)).isEqualTo(1);
    assertThat(rule.treats(0, 7, 0)).isFalse();
  }

  @Test
  void transition_rowOfTheOriginal_itsProbabilities() {
    LabelRule rule =
        LabelRule.Transition.of(
            5,
            "train",
            new TransitionRows(List.of(row(0, 1, 0), row(0.25, 0.5, 0.25), row(0.1, 0, 0.9))));
    int[][] counts = new int[3][3];
    for (int i = 0; i < 30_000; i++) {
      counts[i % 3][rule.relabel(i, i % 3, i, NO_INPUT)]++;
    }
    assertThat(counts[0]).containsExactly(0, 10_000, 0);
    assertThat(counts[1][0]).isBetween(2280, 2720);
    assertThat(counts[1][1]).isBetween(4750, 5250);
    assertThat(counts[2][1]).isZero();
    assertThat(counts[2][0]).isBetween(850, 1150);
  }

  @Test
  void at_cumulativeBounds_firstClassAbove() {
    TransitionRows rows = new TransitionRows(List.of(row(0.25, 0, 0.75)));
    assertThat(rows.at(0, 0)).isZero();
    assertThat(rows.at(0, Math.nextDown(0.25))).isZero();
    assertThat(rows.at(0, 0.25)).isEqualTo(2);
    assertThat(rows.at(0, Math.nextDown(1.0))).isEqualTo(2);
  }

  private static TransitionRow row(double... probabilities) {
    TransitionRow.Builder row = TransitionRow.newBuilder();
    for (double probability : probabilities) {
      row.addProbabilities(probability);
    }
    return row.build();
  }

  @Test
  void relabel_otherSplitOrSeed_otherLabels() {
    LabelRule train = LabelRule.Any.of(5, "train", K);
    int sameSplit = 0;
    int sameSeed = 0;
    for (int i = 0; i < 1000; i++) {
      int label = train.relabel(i, 0, 0, NO_INPUT);
      sameSplit += label == LabelRule.Any.of(5, "validation", K).relabel(i, 0, 0, NO_INPUT) ? 1 : 0;
      sameSeed += label == LabelRule.Any.of(6, "train", K).relabel(i, 0, 0, NO_INPUT) ? 1 : 0;
      assertThat(LabelRule.Any.of(5, "train", K).relabel(i, 7, 3, NO_INPUT)).isEqualTo(label);
    }
    assertThat(sameSplit).isBetween(60, 145);
    assertThat(sameSeed).isBetween(60, 145);
  }
}
