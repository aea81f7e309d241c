package dev.rote.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.blueprint.Blueprint;
import dev.rote.networks.Network;
import dev.rote.networks.StepSettings;
import dev.rote.random.CounterRandom;
import dev.rote.v1.Cnn;
import dev.rote.v1.Mlp;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.RegularizationSpec;
import dev.rote.v1.Shape;
import dev.rote.v1.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Equal calls give equal bits: recorded or not, interrupted or not, alone or beside others. */
@EnabledIf(value = "dev.rote.cuda.Cards#present", disabledReason = Cards.ABSENT)
class CudaDeterminismTest {
  private static final int N = 64;
  private static final int STEPS = 10;
  private static final RegularizationSpec DROPOUT =
      RegularizationSpec.newBuilder().setDropout(0.4).setWeightDecay(1e-3).build();

  static Stream<Blueprint> blueprints() {
    Mlp mlp = Mlp.newBuilder().addAllHidden(List.of(300, 200)).build();
    Cnn cnn =
        Cnn.newBuilder()
            .setCrop(1)
            .addAllFilters(List.of(24, 32))
            .setKernel(5)
            .setPadding(Cnn.Padding.SAME)
            .setPool(3)
            .setPoolStride(2)
            .addAllDense(List.of(64))
            .build();
    return Stream.of(
        blueprint(ModelSpec.newBuilder().setMlp(mlp).build(), 1, 28),
        blueprint(ModelSpec.newBuilder().setCnn(cnn).build(), 3, 20));
  }

  private static Blueprint blueprint(ModelSpec model, int channels, int side) {
    Shape shape = Shape.newBuilder().setChannels(channels).setHeight(side).setWidth(side).build();
    return Blueprint.of(model, shape, 10);
  }

  private static void steps(Network network, int from, int to) {
    float[] inputs = inputs(network.blueprint(), N);
    int[] labels = new int[N];
    for (int i = 0; i < N; i++) {
      labels[i] = (int) CounterRandom.of(9, "labels").below(10, i, 0);
    }
    for (int s = from; s < to; s++) {
      int n = s % 4 == 3 ? N / 2 + 1 : N;
      network.step(inputs, labels, n, new StepSettings(0.05, 0.9, DROPOUT, 5, s));
    }
  }

  private static float[] inputs(Blueprint blueprint, int n) {
    float[] inputs = new float[n * blueprint.inputLength()];
    CounterRandom.of(9, "inputs").fillGaussian(inputs, 0, inputs.length, 0, 0, 1, 0);
    return inputs;
  }

  private static List<float[]> state(Network network) {
    List<float[]> state = new ArrayList<>();
    for (Tensor tensor : network.tensors()) {
      float[] values = new float[tensor.getShapeList().stream().reduce(1, (a, b) -> a * b)];
      network.read(state.size(), values);
      state.add(values);
    }
    return state;
  }

  private static Network initialized(Blueprint blueprint) {
    Network network = new CudaEngine().create(blueprint, 1);
    network.initialize(3, ModelSpec.Initialization.HE_NORMAL);
    return network;
  }

  private static List<float[]> trained(Blueprint blueprint) {
    try (Network network = initialized(blueprint)) {
      steps(network, 0, STEPS);
      return state(network);
    }
  }

  private static void assertEqualBits(List<float[]> expected, List<float[]> actual) {
    for (int t = 0; t < expected.size(); t++) {
      assertThat(Arrays.mismatch(actual.get(t), expected.get(t))).as("tensor %d", t).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @MethodSource("blueprints")
  void step_interruptedEverywhere_sameBits(Blueprint blueprint) {
    List<float[]> expected = trained(blueprint);
    for (int stop = 1; stop < STEPS; stop += 2) {
      List<float[]> kept;
      try (Network network = initialized(blueprint)) {
        steps(network, 0, stop);
        kept = state(network);
      }
      try (Network network = new CudaEngine().create(blueprint, 1)) {
        for (int t = 0; t < kept.size(); t++) {
          network.write(t, kept.get(t));
        }
        steps(network, stop, STEPS);
        assertEqualBits(expected, state(network));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("blueprints")
  void step_evaluatedBetween_sameBits(Blueprint blueprint) {
    List<float[]> expected = trained(blueprint);
    try (Network network = initialized(blueprint)) {
      float[] inputs = inputs(blueprint, 3 * N);
      for (int s = 0; s < STEPS; s++) {
        steps(network, s, s + 1);
        network.logits(inputs, 3 * N, new float[3 * N * 10]);
        network.inputGradient(inputs, new int[N], N, new float[inputs.length], new float[N * 10]);
      }
      assertEqualBits(expected, state(network));
    }
  }

  @ParameterizedTest
  @MethodSource("blueprints")
  void step_othersOnTheSameCard_sameBits(Blueprint blueprint) throws Exception {
    List<float[]> expected = trained(blueprint);
    ExecutorService pool = Executors.newFixedThreadPool(6);
    try {
      List<Future<List<float[]>>> runs = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        runs.add(pool.submit(() -> trained(blueprint)));
      }
      for (Future<List<float[]>> run : runs) {
        assertEqualBits(expected, run.get());
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @ParameterizedTest
  @MethodSource("blueprints")
  void logits_calledAgain_sameBits(Blueprint blueprint) {
    try (Network network = initialized(blueprint)) {
      float[] inputs = inputs(blueprint, N);
      float[] first = new float[N * 10];
      network.logits(inputs, N, first);
      for (int i = 0; i < 3; i++) {
        float[] again = new float[N * 10];
        network.logits(inputs, N, again);
        assertThat(again).isEqualTo(first);
      }
    }
  }

  /* On a busy card clearing new memory comes late; what is filled at once must not be wiped by it. */
  @ParameterizedTest
  @MethodSource("blueprints")
  void logits_clearingComesLate_sameBits(Blueprint blueprint) {
    float[] inputs = inputs(blueprint, N);
    float[] expected = new float[N * 10];
    float[] found = new float[N * 10];
    try (Network network = initialized(blueprint);
        Network late = initialized(blueprint);
        DeviceMemory load = new DeviceMemory()) {
      network.logits(inputs, N, expected);
      long bytes = 256L << 20;
      Pointer cleared = load.bytes(bytes);
      for (int i = 0; i < 400; i++) {
        Status.ofCuda(cudart.cudaMemset(cleared, 0, bytes), "keeping the default stream busy");
      }
      late.logits(inputs, N, found);
    }
    assertThat(found).isEqualTo(expected);
  }
}
