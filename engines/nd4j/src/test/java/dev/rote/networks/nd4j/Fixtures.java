package dev.rote.networks.nd4j;

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
import java.util.List;

/** Tiny networks and seeded batches. */
final class Fixtures {
  static final RegularizationSpec NONE = RegularizationSpec.getDefaultInstance();

  private Fixtures() {}

  static Blueprint mlp(int inputs, int classes, Integer... hidden) {
    return Blueprint.of(
        ModelSpec.newBuilder().setMlp(Mlp.newBuilder().addAllHidden(List.of(hidden))).build(),
        Shape.newBuilder().setChannels(1).setHeight(1).setWidth(inputs).build(),
        classes);
  }

  /** 2 x 11 x 11 images cropped to 9 x 9. */
  static Blueprint cnn(Cnn.Padding padding) {
    Cnn cnn =
        Cnn.newBuilder()
            .setCrop(1)
            .addFilters(3)
            .addFilters(4)
            .setKernel(3)
            .setPadding(padding)
            .setPool(2)
            .setPoolStride(padding == Cnn.Padding.SAME ? 2 : 1)
            .addDense(6)
            .addDense(5)
            .build();
    return Blueprint.of(
        ModelSpec.newBuilder().setCnn(cnn).build(),
        Shape.newBuilder().setChannels(2).setHeight(11).setWidth(11).build(),
        3);
  }

  /** The same images; every pixel of a convolution is in one window of the pool at most. */
  static Blueprint blocks(Cnn.Padding padding) {
    boolean same = padding == Cnn.Padding.SAME;
    Cnn cnn =
        Cnn.newBuilder()
            .setCrop(1)
            .addFilters(3)
            .addFilters(4)
            .setKernel(same ? 3 : 2)
            .setPadding(padding)
            .setPool(same ? 3 : 2)
            .setPoolStride(same ? 3 : 2)
            .addDense(6)
            .addDense(5)
            .build();
    return Blueprint.of(
        ModelSpec.newBuilder().setCnn(cnn).build(), cnn(padding).input(), cnn(padding).classes());
  }

  static float[] inputs(Blueprint blueprint, int n) {
    float[] inputs = new float[n * blueprint.inputLength()];
    CounterRandom.of(9, "inputs").fillGaussian(inputs, 0, inputs.length, 0, 0, 1, 0);
    return inputs;
  }

  static int[] labels(Blueprint blueprint, int n) {
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      labels[i] = (int) CounterRandom.of(9, "labels").below(blueprint.classes(), i, 0);
    }
    return labels;
  }

  static StepSettings settings(double rate, double momentum, RegularizationSpec spec, long step) {
    return new StepSettings(rate, momentum, spec, 5, step);
  }

  static int length(Tensor tensor) {
    return tensor.getShapeList().stream().reduce(1, (a, b) -> a * b);
  }

  static int index(Network network, String name) {
    List<Tensor> tensors = network.tensors();
    for (int i = 0; i < tensors.size(); i++) {
      if (tensors.get(i).getName().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException(name);
  }

  static float[] read(Network network, int index) {
    float[] values = new float[length(network.tensors().get(index))];
    network.read(index, values);
    return values;
  }

  static List<float[]> state(Network network) {
    List<float[]> state = new ArrayList<>();
    for (int i = 0; i < network.tensors().size(); i++) {
      state.add(read(network, i));
    }
    return state;
  }

  static void restore(Network network, List<float[]> state) {
    for (int i = 0; i < state.size(); i++) {
      network.write(i, state.get(i));
    }
  }

  /** Mean cross-entropy in nats of logits, in float64. */
  static double loss(float[] logits, int[] labels, int n, int classes) {
    double total = 0;
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (int k = 0; k < classes; k++) {
        sum += Math.exp(logits[i * classes + k]);
      }
      total += Math.log(sum) - logits[i * classes + labels[i]];
    }
    return total / n;
  }
}
