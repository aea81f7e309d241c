package dev.rote.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.random.IndexPermutation;
import dev.rote.v1.TrainingSpec;
import dev.rote.v1.TrialSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
  private static final int EXAMPLES = 100;

  private static TrialSpec trial(int batchSize) {
    return TrialSpec.newBuilder()
        .setTraining(TrainingSpec.newBuilder().setEpochs(3).setBatchSize(batchSize))
        .setSeed(7)
        .build();
  }

  private static int[] batch(Batches batches, long step) {
    int[] indices = new int[batches.largest()];
    return Arrays.copyOf(indices, batches.take(step, indices));
  }

  @Test
  void take_stepsOfAnEpoch_everyExampleOnceInTheOrderOfThatEpoch() {
    Batches batches = Batches.of(trial(13), EXAMPLES);
    List<Integer> first = new ArrayList<>();
    List<Integer> second = new ArrayList<>();
    for (int step = 0; step < 8; step++) {
      assertThat(batch(batches, step)).hasSize(step < 7 ? 13 : 9);
      Arrays.stream(batch(batches, step)).forEach(first::add);
      Arrays.stream(batch(batches, 8L + step)).forEach(second::add);
    }
    Integer[] all = IntStream.range(0, EXAMPLES).boxed().toArray(Integer[]::new);
    assertThat(first).containsExactlyInAnyOrder(all).isNotEqualTo(second);
    assertThat(second).containsExactlyInAnyOrder(all);
    IndexPermutation order = IndexPermutation.of(7, "order/2", EXAMPLES);
    for (int i = 0; i < EXAMPLES; i++) {
      assertThat(second.get(i)).isEqualTo((int) order.apply(i));
    }
  }

  @Test
  void take_batchLargerThanTheSplit_allOfIt() {
    Batches batches = Batches.of(trial(128), EXAMPLES);
    assertThat(batches.largest()).isEqualTo(EXAMPLES);
    assertThat(batch(batches, 0)).hasSize(EXAMPLES).doesNotHaveDuplicates();
  }

  private static TrialSpec replacing(int batchSize, long seed) {
    TrialSpec.Builder trial = trial(batchSize).toBuilder().setSeed(seed);
    trial.getTrainingBuilder().setSampling(TrainingSpec.Sampling.WITH_REPLACEMENT);
    return trial.build();
  }

  /** Counts per example, and of pairs at two places, against their chi-squared distributions. */
  @Test
  void take_withReplacement_placesAreUniformAndIndependent() {
    int n = 10;
    int steps = 4000;
    Batches batches = Batches.of(replacing(5, 3), n);
    int[] counts = new int[n];
    int[] pairs = new int[n * n];
    int[] successors = new int[n * n];
    int before = 0;
    for (int step = 0; step < steps; step++) {
      int[] batch = batch(batches, step);
      Arrays.stream(batch).forEach(i -> counts[i]++);
      pairs[batch[0] * n + batch[1]]++;
      successors[before * n + batch[0]]++;
      before = batch[0];
    }
    /* Quantiles 0.0005 and 0.9995 of chi-squared with 9 and 99 degrees of freedom. */
    assertThat(chiSquared(counts)).isBetween(0.97, 29.7);
    assertThat(chiSquared(pairs)).isBetween(59.1, 151.9);
    assertThat(chiSquared(successors)).isBetween(59.1, 151.9);
  }

  private static double chiSquared(int[] counts) {
    double expected = (double) Arrays.stream(counts).sum() / counts.length;
    return Arrays.stream(counts).mapToDouble(c -> (c - expected) * (c - expected) / expected).sum();
  }

  @Test
  void take_withReplacement_aFunctionOfSeedAndStepAlone() {
    Batches batches = Batches.of(replacing(13, 7), EXAMPLES);
    int[] later = batch(batches, 1000);
    batch(batches, 3);
    assertThat(batch(Batches.of(replacing(13, 7), EXAMPLES), 1000)).containsExactly(later);
    assertThat(batch(batches, 1001)).isNotEqualTo(later);
    assertThat(batch(Batches.of(replacing(13, 8), EXAMPLES), 1000)).isNotEqualTo(later);
  }

  @Test
  void take_withReplacement_everyBatchIsFull() {
    Batches batches = Batches.of(replacing(13, 7), EXAMPLES);
    for (int step = 0; step < 20; step++) {
      assertThat(batch(batches, step)).hasSize(13);
    }
    Batches beyond = Batches.of(replacing(250, 7), EXAMPLES);
    assertThat(batch(beyond, 0)).hasSize(250).doesNotContain(-1, EXAMPLES);
  }
}
