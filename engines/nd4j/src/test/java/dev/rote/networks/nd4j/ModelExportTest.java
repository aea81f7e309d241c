package dev.rote.networks.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.DenseChain;
import dev.rote.blueprint.Models;
import dev.rote.networks.Network;
import dev.rote.networks.dl4j.ModelExport;
import dev.rote.v1.Cnn;
import dev.rote.v1.Graph;
import dev.rote.v1.InputNormalization;
import dev.rote.v1.Mlp;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Resnet;
import dev.rote.v1.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** DL4J itself opens what was exported, and its predictions are compared with ours. */
class ModelExportTest {
  private static final int N = 9;

  static Stream<Blueprint> blueprints() {
    return Stream.of(
            GradientOracleTest.blueprints(),
            Stream.of(normalised(mlp()), normalised(cnn())),
            Stream.<Consumer<ModelSpec.Builder>>of(
                    m -> m.getResnetBuilder().setDepth(9).setWidth(2),
                    m -> m.getResnetBuilder().setDepth(18).setWidth(2),
                    m ->
                        m.getResnetBuilder().setDepth(50).setWidth(2).setStem(Resnet.Stem.IMAGENET),
                    m -> m.getVggBuilder().setWidth(2),
                    ModelSpec.Builder::getPlainCnnBuilder,
                    ModelSpec.Builder::getAlexnetSmallBuilder,
                    ModelSpec.Builder::getInceptionSmallBuilder,
                    m -> m.getInceptionSmallBuilder().setBatchNorm(false))
                .map(ModelExportTest::preset))
        .flatMap(blueprints -> blueprints);
  }

  private static Blueprint preset(Consumer<ModelSpec.Builder> choice) {
    ModelSpec.Builder model = ModelSpec.newBuilder();
    choice.accept(model);
    Shape shape = Shape.newBuilder().setChannels(3).setHeight(32).setWidth(32).build();
    Models.fill(model, shape);
    return Blueprint.of(model.build(), shape, 3);
  }

  /** Branches from the input, pools whose padding counts not, sums of what is flattened. */
  private static Graph graph() {
    return Graph.newBuilder()
        .addNodes(
            node("a", "input")
                .setConvolution(
                    Graph.Convolution.newBuilder().setFilters(3).setKernel(3).setPad(1)))
        .addNodes(
            node("b", "input")
                .setConvolution(
                    Graph.Convolution.newBuilder()
                        .setFilters(2)
                        .setKernel(3)
                        .setPad(1)
                        .setBiases(true)))
        .addNodes(node("both", "a", "b").setConcatenate(Graph.Concatenate.getDefaultInstance()))
        .addNodes(
            node("mean", "both")
                .setAveragePool(Graph.AveragePool.newBuilder().setSize(3).setStride(2).setPad(1)))
        .addNodes(node("bend", "mean").setTanh(Graph.Tanh.getDefaultInstance()))
        .addNodes(node("flat", "bend").setFlatten(Graph.Flatten.getDefaultInstance()))
        .addNodes(node("one", "flat").setDense(Graph.Dense.newBuilder().setUnits(5)))
        .addNodes(node("two", "flat").setDense(Graph.Dense.newBuilder().setUnits(5)))
        .addNodes(node("sum", "one", "two").setAdd(Graph.Add.getDefaultInstance()))
        .addNodes(node("logits", "sum").setDense(Graph.Dense.getDefaultInstance()))
        .build();
  }

  private static Graph.Node.Builder node(String name, String... inputs) {
    return Graph.Node.newBuilder().setName(name).addAllInputs(List.of(inputs));
  }

  @Test
  void write_graphOfBranches_predictsTheSame(@TempDir Path directory) throws IOException {
    write_openedByDl4j_predictsTheSame(preset(m -> m.setGraph(graph())), directory);
  }

  @Test
  void write_opThatDl4jLacks_namesTheNode(@TempDir Path directory) {
    Graph.Builder graph = graph().toBuilder();
    graph.getNodesBuilder(4).setGelu(Graph.Gelu.getDefaultInstance());
    try (Network network = new Nd4jEngine().create(preset(m -> m.setGraph(graph)), 1)) {
      assertThatThrownBy(() -> ModelExport.write(network, directory.resolve("model.zip")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "node bend (gelu) cannot be exported: DL4J has no such layer, or another of that name");
      assertThat(directory).isEmptyDirectory();
    }
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
      boolean deep = blueprint.nodes().size() > 30;
      for (int s = 0; s < (deep ? 2 : 30); s++) {
        double rate = deep ? 0.001 : 0.1;
        network.step(inputs, labels, N, Fixtures.settings(rate, 0.5, Fixtures.NONE, s));
      }
      network.logits(inputs, N, logits);
      ModelExport.write(network, file);
    }
    boolean chain = blueprint.nodes().stream().allMatch(node -> node.inputs().size() < 2);
    long[] shape =
        DenseChain.of(blueprint).isEmpty()
            ? new long[] {
              N,
              blueprint.input().getChannels(),
              blueprint.input().getHeight(),
              blueprint.input().getWidth()
            }
            : new long[] {N, blueprint.inputLength()};
    INDArray batch = Nd4j.create(inputs, shape, 'c');
    INDArray probabilities =
        chain
            ? ModelSerializer.restoreMultiLayerNetwork(file.toFile()).output(batch)
            : ModelSerializer.restoreComputationGraph(file.toFile()).outputSingle(batch);
    for (int i = 0; i < N; i++) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < classes; k++) {
        largest = Math.max(largest, logits[i * classes + k]);
      }
      double sum = 0;
      for (int k = 0; k < classes; k++) {
        sum += Math.exp(logits[i * classes + k] - largest);
      }
      for (int k = 0; k < classes; k++) {
        assertThat(probabilities.getDouble(i, k))
            .isCloseTo(Math.exp(logits[i * classes + k] - largest) / sum, within(1e-4));
      }
    }
  }
}
