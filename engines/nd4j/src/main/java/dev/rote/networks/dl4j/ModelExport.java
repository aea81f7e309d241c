package dev.rote.networks.dl4j;

import dev.rote.blueprint.Node;
import dev.rote.blueprint.ParameterShape;
import dev.rote.blueprint.ParameterShape.Role;
import dev.rote.networks.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Writes a network as a zip that {@code ModelSerializer} opens and that predicts the same: a {@code
 * MultiLayerNetwork}, or a {@code ComputationGraph} where there are branches. Inputs are float32[N,
 * D] for a network that begins by flattening them, and float32[N, C, H, W] for others. Regularisers
 * and the optimiser's state are left out.
 */
public final class ModelExport {
  /** Our names of parameters and DL4J's. */
  private static final Map<String, String> NAMES =
      Map.of(
          "weights", "W",
          "biases", "b",
          "scale", "gamma",
          "shift", "beta",
          "mean", "mean",
          "deviation", "var",
          "variance", "var");

  private ModelExport() {}

  /**
   * Writes the model to a file.
   *
   * @throws IllegalArgumentException if DL4J has no words for it; names the node
   */
  public static void write(Network network, Path file) throws IOException {
    ModelConfiguration configuration = new ModelConfiguration(network.blueprint());
    if (configuration.isChain()) {
      MultiLayerNetwork model = new MultiLayerNetwork(configuration.chain());
      write(network, model, model::getLayer, model::close, file);
    } else {
      ComputationGraph model = new ComputationGraph(configuration.graph());
      write(network, model, model::getLayer, model::close, file);
    }
  }

  private static void write(
      Network network, Model model, Function<String, Layer> layers, Runnable close, Path file)
      throws IOException {
    try {
      model.init();
      copy(network, layers);
      ModelSerializer.writeModel(model, file.toFile(), false);
    } finally {
      close.run();
    }
  }

  /** Means or variances of each value of an image that was flattened, or of each channel. */
  private static float[] ofInputs(Role role, float[] ofChannels, int length) {
    float[] all = new float[length];
    for (int i = 0; i < length; i++) {
      double value = ofChannels[(int) ((long) i * ofChannels.length / length)];
      double variance = Math.max(value * value - NodePart.NORMALIZE_EPSILON, 0);
      all[i] = (float) (role == Role.INPUT_DEVIATION ? variance : value);
    }
    return all;
  }

  /** Writes the parameters of each node into the layer of its name. */
  private static void copy(Network network, Function<String, Layer> layers) {
    int number = 0;
    for (Node node : network.blueprint().nodes()) {
      for (ParameterShape shape : node.parameters()) {
        String ours = shape.name().substring(shape.name().lastIndexOf('/') + 1);
        INDArray parameter =
            layers.apply(node.name()).getParam(Objects.requireNonNull(NAMES.get(ours)));
        float[] values = new float[shape.length()];
        network.read(number++, values);
        copy(node, shape, values, parameter);
      }
    }
  }

  private static void copy(Node node, ParameterShape shape, float[] ours, INDArray parameter) {
    boolean ofInputs = shape.role().ofInputs();
    float[] values = ofInputs ? ofInputs(shape.role(), ours, (int) parameter.length()) : ours;
    if (values.length != parameter.length()) {
      throw NodePart.refused(
          node, "DL4J has %d values where it has %d".formatted(parameter.length(), values.length));
    }
    long[] sizes =
        ofInputs
            ? new long[] {values.length}
            : shape.sizes().stream().mapToLong(Integer::longValue).toArray();
    try (INDArray array = Nd4j.create(values, sizes, 'c')) {
      parameter.assign(array.reshape(parameter.shape()));
    }
  }
}
