package dev.rote.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.blueprint.Blueprint;
import dev.rote.networks.Engines;
import dev.rote.networks.Network;
import dev.rote.random.CounterRandom;
import dev.rote.recipes.Recipe;
import dev.rote.v1.Cnn;
import dev.rote.v1.InputNormalization;
import dev.rote.v1.Mlp;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;
import dev.rote.v1.Tensor;
import java.util.List;

/** The same network on both engines, and batches for it. */
record Pair(Network usual, Network reference) implements AutoCloseable {
  /** The engine that is compared with the reference. */
  static final String USUAL = System.getProperty(EngineUnderTest.PROPERTY, Engines.DEFAULT);

  private static final double LEAST_SCALE = 1e-3;

  /*
   * What is added up to a step of a shift is about this large and may cancel to nothing: then no digit of what is left
   * is right, and which ones it has depends on the order in which a processor adds.
   */
  private static final double SUMMANDS = 1e-2;

  static Pair of(Blueprint blueprint) {
    return of(blueprint, Recipe.SGD);
  }

  static Pair of(Blueprint blueprint, Recipe recipe) {
    return new Pair(
        Engines.named(USUAL).create(blueprint, recipe, 1),
        Engines.named("reference").create(blueprint, recipe, 1));
  }

  static Blueprint mlp(int inputs, int classes, Integer... hidden) {
    return Blueprint.of(
        mlpModel(hidden),
        Shape.newBuilder().setChannels(1).setHeight(1).setWidth(inputs).build(),
        classes);
  }

  static ModelSpec mlpModel(Integer... hidden) {
    return ModelSpec.newBuilder().setMlp(Mlp.newBuilder().addAllHidden(List.of(hidden))).build();
  }

  /** A network that normalises what enters, with statistics that {@link #initialize} writes. */
  static Blueprint normalised(ModelSpec model, int channels, int height, int width) {
    InputNormalization ofSplit =
        InputNormalization.newBuilder()
            .setOfTrainingSplit(InputNormalization.OfTrainingSplit.getDefaultInstance())
            .build();
    return Blueprint.of(
        model.toBuilder().setNormalization(ofSplit).build(),
        Shape.newBuilder().setChannels(channels).setHeight(height).setWidth(width).build(),
        3);
  }

  /** 2 x 13 x 11 images cropped to 11 x 9, windows that do not divide them. */
  static Blueprint cnn(Cnn.Padding padding) {
    return Blueprint.of(
        cnnModel(padding), Shape.newBuilder().setChannels(2).setHeight(13).setWidth(11).build(), 3);
  }

  static ModelSpec cnnModel(Cnn.Padding padding) {
    Cnn cnn =
        Cnn.newBuilder()
            .setCrop(1)
            .addAllFilters(List.of(3, 4))
            .setKernel(padding == Cnn.Padding.SAME ? 4 : 3)
            .setPadding(padding)
            .setPool(3)
            .setPoolStride(padding == Cnn.Padding.SAME ? 2 : 1)
            .addAllDense(List.of(6, 5))
            .build();
    return ModelSpec.newBuilder().setCnn(cnn).build();
  }

  float[] inputs(int n) {
    float[] inputs = new float[n * usual.blueprint().inputLength()];
    CounterRandom.of(9, "inputs").fillGaussian(inputs, 0, inputs.length, 0, 0, 1, 0);
    return inputs;
  }

  int[] labels(int n) {
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      labels[i] = (int) CounterRandom.of(9, "labels").below(usual.blueprint().classes(), i, 0);
    }
    return labels;
  }

  void initialize(ModelSpec.Initialization initialization) {
    usual.initialize(3, initialization);
    reference.initialize(3, initialization);
    for (int t = 0; t < usual.state().parameters().size(); t++) {
      if (usual.state().parameters().get(t).role().ofInputs()) {
        float[] statistic = statistic(read(usual, t).length);
        usual.write(t, statistic);
        reference.write(t, statistic);
      }
    }
  }

  private static float[] statistic(int channels) {
    float[] values = new float[channels];
    for (int c = 0; c < channels; c++) {
      values[c] = 0.375f + c / 8f;
    }
    return values;
  }

  static float[] read(Network network, int index) {
    Tensor tensor = network.tensors().get(index);
    float[] values = new float[tensor.getShapeList().stream().reduce(1, (a, b) -> a * b)];
    network.read(index, values);
    return values;
  }

  /** Overwrites the state of one engine's network with that of the other's. */
  void copyToReference() {
    for (int t = 0; t < usual.tensors().size(); t++) {
      reference.write(t, read(usual, t));
    }
  }

  /** Every tensor, within {@code tolerance} of the largest of its values. */
  void assertSameState(double tolerance) {
    for (int t = 0; t < usual.tensors().size(); t++) {
      String name = usual.tensors().get(t).getName();
      assertClose(name, read(usual, t), read(reference, t), tolerance, SUMMANDS);
    }
  }

  static void assertClose(String what, float[] usual, float[] reference, double tolerance) {
    assertClose(what, usual, reference, tolerance, LEAST_SCALE);
  }

  private static void assertClose(
      String what, float[] usual, float[] reference, double tolerance, double leastScale) {
    double scale = leastScale;
    for (float value : reference) {
      scale = Math.max(scale, Math.abs(value));
    }
    for (int i = 0; i < reference.length; i++) {
      assertThat((double) usual[i])
          .as("%s[%d]", what, i)
          .isCloseTo(reference[i], within(tolerance * scale));
    }
  }

  @Override
  public void close() {
    usual.close();
    reference.close();
  }
}
