package dev.rote.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.DenseChain;
import dev.rote.networks.Directions;
import dev.rote.networks.Network;
import dev.rote.networks.NetworkState;
import dev.rote.networks.StepSettings;
import dev.rote.random.CounterRandom;
import dev.rote.v1.Cnn;
import dev.rote.v1.Mlp;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.RegularizationSpec;
import dev.rote.v1.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Bits of an mlp and a cnn as they were before networks were blueprints: names, initial weights,
 * draws, steps, logits, gradients by inputs and directions. Each line of {@code golden-bits.txt} is
 * a network and, by regulariser and momentum, the hash of its state after five steps and the bits
 * of the last loss; {@code io} those of logits and input gradients, {@code dir} those of
 * directions.
 */
class GoldenBitsTest {
  private static final int N = 9;
  private static final int DIRECTIONS = 19;
  private static final int SLOTS = 3;
  private static final List<RegularizationSpec> REGULARIZERS =
      List.of(
          RegularizationSpec.getDefaultInstance(),
          RegularizationSpec.newBuilder().setWeightDecay(0.01).build(),
          RegularizationSpec.newBuilder()
              .setDropout(0.3)
              .setHiddenNoise(0.2)
              .setInputDropout(0.2)
              .setInputNoise(0.1)
              .setWeightDecay(0.01)
              .build(),
          RegularizationSpec.newBuilder().setHiddenNoise(0.2).build());

  private static Blueprint mlp(int inputs, Integer... hidden) {
    return Blueprint.of(
        ModelSpec.newBuilder().setMlp(Mlp.newBuilder().addAllHidden(List.of(hidden))).build(),
        Shape.newBuilder().setChannels(1).setHeight(1).setWidth(inputs).build(),
        3);
  }

  private static Blueprint cnn(int kernel, Cnn.Padding padding, int stride) {
    Cnn cnn =
        Cnn.newBuilder()
            .setCrop(1)
            .addAllFilters(List.of(3, 4))
            .setKernel(kernel)
            .setPadding(padding)
            .setPool(3)
            .setPoolStride(stride)
            .addAllDense(List.of(6, 5))
            .build();
    return Blueprint.of(
        ModelSpec.newBuilder().setCnn(cnn).build(),
        Shape.newBuilder().setChannels(2).setHeight(13).setWidth(11).build(),
        5);
  }

  @Test
  void bits_ofEveryCall_areThoseOfBefore() throws IOException {
    Map<String, Blueprint> networks = new LinkedHashMap<>();
    networks.put("mlp5", mlp(5));
    networks.put("mlp7-4-6", mlp(7, 4, 6));
    networks.put("cnnV", cnn(3, Cnn.Padding.VALID, 1));
    networks.put("cnnS", cnn(4, Cnn.Padding.SAME, 2));
    StringBuilder lines = new StringBuilder();
    networks.forEach((name, blueprint) -> lines.append(new Bits(blueprint).line(name)));
    assertThat(lines.toString()).isEqualTo(recorded());
  }

  private static String recorded() throws IOException {
    try (InputStream in = GoldenBitsTest.class.getResourceAsStream("golden-bits.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** What calls on a network give, as hashes. */
  private static final class Bits {
    private final Blueprint blueprint;
    private final float[] inputs;
    private final int[] labels = new int[N];
    private final StringBuilder line = new StringBuilder();

    Bits(Blueprint blueprint) {
      this.blueprint = blueprint;
      this.inputs = new float[N * blueprint.inputLength()];
      CounterRandom.of(9, "inputs").fillGaussian(inputs, 0, inputs.length, 0, 0, 1, 0);
      for (int i = 0; i < N; i++) {
        labels[i] = (int) CounterRandom.of(9, "labels").below(blueprint.classes(), i, 0);
      }
    }

    String line(String name) {
      line.append(name).append(' ').append(N);
      for (RegularizationSpec regularization : REGULARIZERS) {
        for (double momentum : new double[] {0, 0.8}) {
          try (Network network = new ReferenceEngine().create(blueprint, 1)) {
            network.initialize(3, ModelSpec.Initialization.HE_NORMAL);
            train(network, regularization, momentum);
            if (momentum == 0) {
              line.append(" io").append(outputs(network));
            }
            boolean plain = regularization.equals(REGULARIZERS.get(0)) && momentum == 0;
            if (plain && DenseChain.of(blueprint).isPresent()) {
              line.append(" dir").append(directions(network));
            }
          }
        }
      }
      return line.append('\n').toString();
    }

    private void train(Network network, RegularizationSpec regularization, double momentum) {
      double[] weights = new double[N];
      Arrays.setAll(weights, i -> (i + 1) / 50.0 / N);
      double loss = 0;
      for (int s = 0; s < 5; s++) {
        StepSettings settings = new StepSettings(0.05, momentum, regularization, 5, s);
        int n = s == 3 ? N - 3 : N;
        loss =
            s % 2 == 0
                ? network.step(inputs, labels, n, settings)
                : network.step(inputs, labels, weights, n, settings);
      }
      line.append(' ').append(state(network)).append('/');
      line.append(Long.toHexString(Double.doubleToLongBits(loss)));
    }

    private static String state(Network network) {
      MessageDigest digest = digest();
      List<NetworkState.Entry> entries = network.state().entries();
      for (int t = 0; t < entries.size(); t++) {
        String name = entries.get(t).tensor().getName() + entries.get(t).tensor().getShapeList();
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        float[] values = new float[entries.get(t).length()];
        network.read(t, values);
        add(digest, values);
      }
      return hex(digest);
    }

    private String outputs(Network network) {
      MessageDigest digest = digest();
      float[] logits = new float[N * blueprint.classes()];
      float[] gradients = new float[inputs.length];
      network.logits(inputs, N, logits);
      add(digest, logits);
      int[] wanted = labels.clone();
      for (int i = 0; i < N; i += 3) {
        wanted[i] = -1;
      }
      network.inputGradient(inputs, wanted, N, gradients, logits);
      add(digest, logits);
      add(digest, gradients);
      return hex(digest);
    }

    private String directions(Network network) {
      int[] slots = new int[N];
      Arrays.setAll(slots, i -> i % 4 == 3 ? -1 : i % SLOTS);
      double[] weights = new double[N];
      Arrays.setAll(weights, i -> (i % 5) / 8.0);
      MessageDigest digest = digest();
      float[] vector = new float[(int) network.parameters()];
      float[] influences = new float[DIRECTIONS * blueprint.inputLength()];
      try (Directions directions =
          network.directions(DIRECTIONS, SLOTS, Directions.Mode.INFERENCE)) {
        for (int k = 0; k < DIRECTIONS - 2; k++) {
          CounterRandom.of(4, "direction/" + k).fillGaussian(vector, 0, vector.length, 0, 0, 1, 0);
          directions.write(k, vector);
        }
        directions.gradient(DIRECTIONS - 2, inputs, labels, weights, N);
        directions.unroll(inputs, labels, slots, N, 0.3, 0.2);
        directions.unroll(inputs, labels, slots, N - 2, 0.1, 0);
        directions.multiplyByHessian(inputs, labels, N);
        for (int k = 0; k < DIRECTIONS; k++) {
          directions.read(k, vector);
          add(digest, vector);
        }
        for (int slot = 0; slot < SLOTS; slot++) {
          directions.influences(slot, influences);
          add(digest, influences);
        }
      }
      return hex(digest);
    }

    private static MessageDigest digest() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has SHA-256", e);
      }
    }

    private static void add(MessageDigest digest, float[] values) {
      ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
      bytes.asFloatBuffer().put(values);
      digest.update(bytes.array());
    }

    private static String hex(MessageDigest digest) {
      return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    }
  }
}
