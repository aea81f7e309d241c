package dev.rote.networks.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rote.blueprint.Blueprint;
import dev.rote.networks.Network;
import dev.rote.v1.Cnn;
import dev.rote.v1.ModelSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeterminismTest {
  private static final int N = 64;
  private static final int STEPS = 12;

  /** Tensors after a few steps. */
  private static List<float[]> train(Blueprint blueprint, int threads) {
    float[] inputs = Fixtures.inputs(blueprint, N);
    int[] labels = Fixtures.labels(blueprint, N);
    try (Network network = new Nd4jEngine().create(blueprint, threads)) {
      network.initialize(3, ModelSpec.Initialization.GLOROT_UNIFORM);
      for (int s = 0; s < STEPS; s++) {
        network.step(inputs, labels, N, Fixtures.settings(0.05, 0.9, Fixtures.NONE, s));
      }
      return Fixtures.state(network);
    }
  }

  private static void assertEqualBits(List<float[]> expected, List<float[]> actual) {
    for (int t = 0; t < expected.size(); t++) {
      assertThat(actual.get(t)).containsExactly(expected.get(t));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void step_othersTrainingInTheSameProcess_sameBits(int threads) throws Exception {
    Blueprint mlp = Fixtures.mlp(200, 10, 96, 64);
    Blueprint cnn = Fixtures.cnn(Cnn.Padding.SAME);
    List<float[]> aloneMlp = train(mlp, threads);
    List<float[]> aloneCnn = train(cnn, threads);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      CountDownLatch together = new CountDownLatch(4);
      List<Future<List<float[]>>> runs = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        int number = i;
        runs.add(
            pool.submit(
                () -> {
                  together.countDown();
                  together.await();
                  /* Two under test, two with the other thread count. */
                  return train(number % 2 == 0 ? mlp : cnn, number < 2 ? threads : 3 - threads);
                }));
      }
      assertEqualBits(aloneMlp, runs.get(0).get());
      assertEqualBits(aloneCnn, runs.get(1).get());
      runs.get(2).get();
      runs.get(3).get();
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void logits_manyRows_chunksAgreeWithSingleRows() {
    Blueprint blueprint = Fixtures.mlp(20, 4, 16);
    int n = 1500;
    float[] inputs = Fixtures.inputs(blueprint, n);
    try (Network network = new Nd4jEngine().create(blueprint, 1)) {
      network.initialize(3, ModelSpec.Initialization.GLOROT_UNIFORM);
      float[] all = new float[n * 4];
      network.logits(inputs, n, all);
      float[] again = new float[n * 4];
      network.logits(inputs, n, again);
      assertThat(again).containsExactly(all);
      float[] one = new float[4];
      for (int i : new int[] {0, 17, 1023, 1024, 1499}) {
        float[] row = Arrays.copyOfRange(inputs, i * 20, (i + 1) * 20);
        network.logits(row, 1, one);
        for (int k = 0; k < 4; k++) {
          assertThat(one[k]).isCloseTo(all[i * 4 + k], within(1e-5f));
        }
      }
    }
  }

  /** Threads take chunks of their own, and which one takes which does not matter. */
  @ParameterizedTest
  @EnumSource(
      value = Cnn.Padding.class,
      names = {"VALID", "SAME"})
  void inputGradient_convolutions_sameBitsForAnyNumberOfThreads(Cnn.Padding padding) {
    Blueprint blueprint = Fixtures.blocks(padding);
    int n = 77;
    float[] inputs = Fixtures.inputs(blueprint, n);
    int[] labels = Fixtures.labels(blueprint, n);
    float[][] gradients = new float[3][inputs.length];
    float[][] logits = new float[3][n * blueprint.classes()];
    for (int threads = 1; threads <= 3; threads++) {
      try (Network network = new Nd4jEngine().create(blueprint, threads)) {
        network.initialize(3, ModelSpec.Initialization.GLOROT_UNIFORM);
        float[] of = gradients[threads - 1];
        network.inputGradient(inputs, labels, n, of, logits[threads - 1]);
        float[] plain = new float[n * blueprint.classes()];
        network.logits(inputs, n, plain);
        assertThat(plain).containsExactly(logits[threads - 1]);
        float[] row = new float[blueprint.classes()];
        float[] last = Arrays.copyOfRange(inputs, inputs.length - inputs.length / n, inputs.length);
        network.logits(last, 1, row);
        for (int k = 0; k < row.length; k++) {
          assertThat(row[k]).isCloseTo(plain[plain.length - row.length + k], within(1e-5f));
        }
      }
    }
    for (int other = 1; other < 3; other++) {
      assertThat(gradients[other]).containsExactly(gradients[0]);
      assertThat(logits[other]).containsExactly(logits[0]);
    }
  }

  @Test
  void create_noThreads_isRefused() {
    assertThatThrownBy(() -> new Nd4jEngine().create(Fixtures.mlp(2, 2), 0))
        .hasMessageContaining("threads must be in [1, 256], was 0");
  }

  @Test
  void best_processorFlags_chooseTheBuildThatRuns() {
    assertThat(CpuKernels.best(Set.of("sse2")).oneDnn()).isFalse();
    assertThat(CpuKernels.best(Set.of("avx2")).oneDnn()).isFalse();
    assertThat(CpuKernels.best(Set.of("avx2", "fma")).name()).isIn("avx2", "generic");
    assertThat(
            CpuKernels.best(
                    Set.of(
                        "avx2", "fma", "avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl"))
                .name())
        .isIn("avx512", "generic");
  }
}
