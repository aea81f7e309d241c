package dev.rote.critical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.networks.Logits;
import dev.rote.random.CounterRandom;
import dev.rote.random.IndexPermutation;
import java.util.concurrent.CancellationException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class CriticalSearchPropertyTest {
  private static final int EXAMPLES = 120;
  private static final int LENGTH = 9;
  private static final int CLASSES = 4;
  private static final double RADIUS = 0.05;
  private static final SearchRule LASS = new SearchRule("lass", RADIUS, 0.02, 0.015, 12, false, 0);
  private static final SearchRule PGD = new SearchRule("pgd", RADIUS, 0.0125, 0, 12, true, 0);
  private static final SearchRule FGSM = new SearchRule("fgsm", RADIUS, RADIUS, 0, 1, false, 0);

  private static LinearNetwork network(long seed) {
    CounterRandom random = CounterRandom.of(seed, "weights");
    float[] weights = new float[LENGTH * CLASSES];
    random.fillGaussian(weights, 0, weights.length, 0, 0, 1, 0);
    float[] biases = new float[CLASSES];
    random.fillGaussian(biases, 0, CLASSES, 1, 0, 0.1, 0);
    return new LinearNetwork(weights, biases);
  }

  private static float[] inputs(long seed) {
    CounterRandom random = CounterRandom.of(seed, "inputs");
    float[] inputs = new float[EXAMPLES * LENGTH];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (float) random.uniform(0, i);
    }
    return inputs;
  }

  private static int classOf(LinearNetwork network, float[] points, int i) {
    float[] point = new float[LENGTH];
    System.arraycopy(points, i * LENGTH, point, 0, LENGTH);
    float[] logits = new float[CLASSES];
    network.logits(point, 1, logits);
    return Logits.argmax(logits, 0, CLASSES);
  }

  private static void assertSame(SearchOutcome a, int i, SearchOutcome b, int j) {
    assertThat(a.critical(i)).isEqualTo(b.critical(j));
    assertThat(a.predicted(i)).isEqualTo(b.predicted(j));
    assertThat(a.adversarialClass(i)).isEqualTo(b.adversarialClass(j));
    assertThat(a.iterations(i)).isEqualTo(b.iterations(j));
  }

  @Test
  void search_anySeedAndRule_everyCriticalSampleIsInTheBoxAndChangesThePrediction() {
    for (SearchRule rule : new SearchRule[] {LASS, PGD, FGSM}) {
      int found = 0;
      for (long seed = 1; seed <= 20; seed++) {
        LinearNetwork network = network(seed);
        float[] inputs = inputs(seed);
        float[] points = inputs.clone();
        SearchOutcome outcome =
            new CriticalSearch(network, rule, seed).search(points, EXAMPLES, 0, () -> {});
        for (int i = 0; i < EXAMPLES; i++) {
          assertThat(outcome.predicted(i)).isEqualTo(classOf(network, inputs, i));
          assertThat(outcome.iterations(i)).isBetween(0, rule.iterations());
          if (outcome.critical(i)) {
            assertThat(classOf(network, points, i))
                .isEqualTo(outcome.adversarialClass(i))
                .isNotEqualTo(outcome.predicted(i));
            for (int d = i * LENGTH; d < (i + 1) * LENGTH; d++) {
              assertThat(Math.abs((double) points[d] - inputs[d])).isLessThanOrEqualTo(RADIUS);
            }
          } else {
            assertThat(outcome.adversarialClass(i)).isEqualTo(outcome.predicted(i));
            assertThat(outcome.iterations(i)).isEqualTo(outcome.iterations());
          }
        }
        found += outcome.critical();
      }
      assertThat(found).as("found by %s", rule.name()).isBetween(100, 20 * EXAMPLES - 100);
    }
  }

  /** Some inputs lie outside [0, 1]: their points leave it no farther than they do. */
  @Test
  void search_clipped_everyCriticalSampleIsInTheBoxAndLeavesTheRangeNoFartherThanItsExample() {
    for (SearchRule rule : new SearchRule[] {LASS, PGD, FGSM}) {
      int left = 0;
      int found = 0;
      for (long seed = 1; seed <= 20; seed++) {
        float[] inputs = inputs(seed);
        for (int i = 0; i < inputs.length; i++) {
          inputs[i] =
              i % 5 == 0 ? Math.round(inputs[i]) : i % 7 == 0 ? 3 * inputs[i] - 1 : inputs[i];
        }
        float[] points = inputs.clone();
        float[] free = inputs.clone();
        SearchOutcome outcome =
            new CriticalSearch(network(seed), rule.clipped(), seed)
                .search(points, EXAMPLES, 0, () -> {});
        SearchOutcome paper =
            new CriticalSearch(network(seed), rule, seed).search(free, EXAMPLES, 0, () -> {});
        for (int i = 0; i < EXAMPLES; i++) {
          for (int d = i * LENGTH; d < (i + 1) * LENGTH; d++) {
            float lowest = Math.min(0, inputs[d]);
            float highest = Math.max(1, inputs[d]);
            if (outcome.critical(i)) {
              assertThat(points[d]).isBetween(lowest, highest);
              assertThat(Math.abs((double) points[d] - inputs[d])).isLessThanOrEqualTo(RADIUS);
            }
            if (paper.critical(i)) {
              left += free[d] < lowest || free[d] > highest ? 1 : 0;
            }
          }
        }
        found += outcome.critical();
      }
      assertThat(found).as("found by %s", rule.name()).isGreaterThan(100);
      assertThat(left).as("pixels that leave the range unclipped").isGreaterThan(100);
    }
  }

  @Test
  void search_sameSeed_sameOutcomeAndPoints() {
    float[] a = inputs(3);
    float[] b = inputs(3);
    SearchOutcome first = new CriticalSearch(network(3), LASS, 5).search(a, EXAMPLES, 0, () -> {});
    SearchOutcome second = new CriticalSearch(network(3), LASS, 5).search(b, EXAMPLES, 0, () -> {});
    assertThat(a).containsExactly(b);
    for (int i = 0; i < EXAMPLES; i++) {
      assertSame(first, i, second, i);
    }
  }

  @Test
  void search_otherSeed_otherPoints() {
    float[] a = inputs(3);
    float[] b = inputs(3);
    assertThat(new CriticalSearch(network(3), LASS, 5).search(a, EXAMPLES, 0, () -> {}).critical())
        .isPositive();
    assertThat(new CriticalSearch(network(3), LASS, 6).search(b, EXAMPLES, 0, () -> {}).critical())
        .isPositive();
    assertThat(a).isNotEqualTo(b);
  }

  /** Draws are addressed by the index of the example, so each can be searched alone. */
  @Test
  void search_oneByOneInAnyOrder_sameOutcomeAndPoints() {
    for (SearchRule rule : new SearchRule[] {LASS, PGD}) {
      LinearNetwork network = network(4);
      float[] inputs = inputs(4);
      float[] together = inputs.clone();
      CriticalSearch search = new CriticalSearch(network, rule, 11);
      SearchOutcome all = search.search(together, EXAMPLES, 0, () -> {});
      IndexPermutation order = IndexPermutation.of(1, "order", EXAMPLES);
      for (int k = 0; k < EXAMPLES; k++) {
        int i = (int) order.apply(k);
        float[] point = new float[LENGTH];
        System.arraycopy(inputs, i * LENGTH, point, 0, LENGTH);
        SearchOutcome alone = search.search(point, 1, i, () -> {});
        assertSame(all, i, alone, 0);
        if (alone.critical(0)) {
          for (int d = 0; d < LENGTH; d++) {
            assertThat(together[i * LENGTH + d]).isEqualTo(point[d]);
          }
        }
      }
    }
  }

  @Test
  void search_groupsOfAnySize_sameOutcomeWithAndWithoutStopRule() {
    ArrayInputs examples = new ArrayInputs(inputs(8), EXAMPLES);
    for (int stopBelow : new int[] {0, 2, 5, 20, 1000}) {
      SearchRule rule = new SearchRule("lass", RADIUS, 0.004, 0.01, 30, false, stopBelow);
      SearchOutcome whole = new CriticalSearch(network(8), rule, 2).search(examples, () -> {});
      for (int groupSize : new int[] {1, 7, 64, EXAMPLES}) {
        SearchOutcome grouped =
            new CriticalSearch(network(8), rule, 2, 50, groupSize * LENGTH)
                .search(examples, () -> {});
        for (int i = 0; i < EXAMPLES; i++) {
          assertSame(whole, i, grouped, i);
        }
        assertThat(grouped.iterations()).isEqualTo(whole.iterations());
        assertThat(grouped.exampleIterations()).isEqualTo(whole.exampleIterations());
      }
    }
  }

  @Test
  void stopBelow_reached_endsAfterTheFirstIterationThatFindsFewer() {
    ArrayInputs examples = new ArrayInputs(inputs(8), EXAMPLES);
    SearchRule rule = new SearchRule("lass", RADIUS, 0.004, 0.01, 30, false, 0);
    SearchOutcome free = new CriticalSearch(network(8), rule, 2).search(examples, () -> {});
    int[] found = free.foundBy(30);
    int stopBelow = 3;
    int last = 1;
    while (found[last] >= stopBelow) {
      last++;
    }
    assertThat(last).as("the case exercises the rule").isBetween(2, 29);
    SearchRule stopping = new SearchRule("lass", RADIUS, 0.004, 0.01, 30, false, stopBelow);
    SearchOutcome stopped = new CriticalSearch(network(8), stopping, 2).search(examples, () -> {});
    assertThat(stopped.iterations()).isEqualTo(last);
    for (int i = 0; i < EXAMPLES; i++) {
      boolean kept = free.critical(i) && free.iterations(i) <= last;
      assertThat(stopped.critical(i)).isEqualTo(kept);
    }
  }

  /** A cap of t finds what a longer search has found by iteration t. */
  @Test
  void search_largerCap_keepsEveryCriticalSample() {
    ArrayInputs examples = new ArrayInputs(inputs(6), EXAMPLES);
    SearchOutcome before = null;
    for (int cap : new int[] {1, 2, 5, 12}) {
      SearchRule rule = new SearchRule("lass", RADIUS, 0.01, 0.01, cap, false, 0);
      SearchOutcome now = new CriticalSearch(network(6), rule, 2).search(examples, () -> {});
      for (int i = 0; before != null && i < EXAMPLES; i++) {
        if (before.critical(i)) {
          assertSame(before, i, now, i);
        }
      }
      before = now;
    }
  }

  @Test
  void search_radiusZero_findsNothing() {
    SearchRule rule = new SearchRule("lass", 0, 0.01, 0.01, 3, false, 0);
    float[] points = inputs(6);
    SearchOutcome outcome =
        new CriticalSearch(network(6), rule, 2).search(points, EXAMPLES, 0, () -> {});
    assertThat(outcome.critical()).isZero();
    assertThat(points).containsExactly(inputs(6));
  }

  @Test
  void search_nonFiniteLogits_ratioIsUndefined() {
    float[] weights = {1, -1, Float.NaN, 0};
    LinearNetwork network = new LinearNetwork(weights, new float[] {0, 0});
    for (SearchRule rule : new SearchRule[] {LASS, PGD}) {
      SearchOutcome outcome =
          new CriticalSearch(network, rule, 2)
              .search(new float[] {0.1f, 0.2f, 0.3f, 0.4f}, 2, 0, () -> {});
      assertThat(outcome.undefined()).isEqualTo(2);
      assertThat(outcome.critical()).isZero();
      assertThat(outcome.ratio()).isNaN();
      assertThat(outcome.exampleIterations()).isZero();
    }
  }

  @Test
  void search_pulseThrows_ends() {
    Assertions.assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(
            () ->
                new CriticalSearch(network(6), LASS, 2)
                    .search(
                        inputs(6),
                        EXAMPLES,
                        0,
                        () -> {
                          throw new CancellationException("stop");
                        }));
  }
}
