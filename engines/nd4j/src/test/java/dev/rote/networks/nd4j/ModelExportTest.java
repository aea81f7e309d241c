package dev.rote.networks.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.DenseChain;
import dev.rote.networks.Network;
import dev.rote.networks.dl4j.ModelExport;
import dev.rote.v1.Cnn;
import dev.rote.v1.InputNormalization;
import dev.rote.v1.Mlp;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** DL4J itself opens what was exported, and its predictions are compared with ours. */
class ModelExportTest {
  private static final int N = 9;

  static Stream<Blueprint> blueprints() {
    return Stream.concat(
        GradientOracleTest.blueprints(), Stream.of(normalised(mlp()), normalised(cnn())));
  }

  private static ModelSpec.Builder mlp() {
    return ModelSpec.newBuilder().setMlp(Mlp.newBuilder().addHidden(6));
  }

  private static ModelSpec.Builder cnn() {
    Cnn cnn =
        Cnn.newBuilder()
            .setCrop(1)
            .addAllFilters(List.of(3, 4))
            .setKernel(3)
            .setPadding(Cnn.Padding.SAME)
            .setPool(2)
            .setPoolStride(2)
            .addAllDense(List.of(6, 5))
            .build();
    return ModelSpec.newBuilder().setCnn(cnn);
  }

  private static Blueprint normalised(ModelSpec.Builder model) {
    model
        .getNormalizationBuilder()
        .setOfTrainingSplit(InputNormalization.OfTrainingSplit.getDefaultInstance());
    return Blueprint.of(
        model.build(), Shape.newBuilder().setChannels(2).setHeight(11).setWidth(11).build(), 3);
  }

  @ParameterizedTest
  @MethodSource("blueprints")
  void write_openedByDl4j_predictsTheSame(Blueprint blueprint, @TempDir Path directory)
      throws IOException {
    float[] inputs = Fixtures.inputs(blueprint, N);
    int[] labels = Fixtures.labels(blueprint, N);
    int classes = blueprint.classes();
    float[] logits = new float[N * classes];
    Path file = directory.resolve("model.zip");
    try (Network network = new Nd4jEngine().create(blueprint, 1)) {
      network.initialize(3, ModelSpec.Initialization.GLOROT_UNIFORM);
      if (blueprint.normalization().isPresent()) {
        network.write(0, new float[] {0.25f, 0.5f});
        network.write(1, new float[] {0.75f, 2});
      }
      /* Moves biases and running statistics away from their start. */
      for (int s = 0; s < 30; s++) {
        network.step(inputs, labels, N, Fixtures.settings(0.1, 0.5, Fixtures.NONE, s));
      }
      network.logits(inputs, N, logits);
      ModelExport.write(network, file);
    }
    MultiLayerNetwork model = ModelSerializer.restoreMultiLayerNetwork(file.toFile());
    long[] shape =
        DenseChain.of(blueprint).isEmpty()
            ? new long[] {N, 2, 11, 11}
            : new long[] {N, blueprint.inputLength()};
    INDArray probabilities = model.output(Nd4j.create(inputs, shape, 'c'));
    for (int i = 0; i < N; i++) {
      double sum = 0;
      for (int k = 0; k < classes; k++) {
        sum += Math.exp(logits[i * classes + k]);
      }
      for (int k = 0; k < classes; k++) {
        assertThat(probabilities.getDouble(i, k))
            .isCloseTo(Math.exp(logits[i * classes + k]) / sum, within(1e-4));
      }
    }
  }
}
