package dev.rote.sgd;

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
}
