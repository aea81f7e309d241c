package dev.rote.networks.dl4j;

import dev.rote.blueprint.ParameterShape.Role;
import dev.rote.networks.Network;
import dev.rote.networks.NetworkState;
import dev.rote.v1.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Writes a network as a {@code MultiLayerNetwork} zip that {@code ModelSerializer} opens and that
 * predicts the same. Inputs are float32[N, D] for a network that begins by flattening them, and
 * float32[N, C, H, W] for others. Regularisers and the optimiser's state are left out.
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

  /** Writes the model to a file. */
  public static void write(Network network, Path file) throws IOException {
    MultiLayerNetwork model = model(network);
    try {
      ModelSerializer.writeModel(model, file.toFile(), false);
    } finally {
      model.close();
    }
  }

  private static MultiLayerNetwork model(Network network) {
    MultiLayerNetwork model = new MultiLayerNetwork(ChainConfiguration.of(network.blueprint()));
    model.init();
    copy(network, model);
    return model;
  }

  /** Means or variances of each value of an image that was flattened, or of each channel. */
  private static float[] ofInputs(Role role, float[] ofChannels, int length) {
    float[] all = new float[length];
    for (int i = 0; i < length; i++) {
      double value = ofChannels[(int) ((long) i * ofChannels.length / length)];
      double variance = Math.max(value * value - ChainConfiguration.NORMALIZE_EPSILON, 0);
      all[i] = (float) (role == Role.INPUT_DEVIATION ? variance : value);
    }
    return all;
  }

  /**
   * Our tensors come in the order of the layers, and inside each in an order of ours: each goes to
   * the first layer that still lacks a parameter of its name.
   */
  private static void copy(Network network, MultiLayerNetwork model) {
    Map<String, Deque<Layer>> lacking = new HashMap<>();
    for (Layer layer : model.getLayers()) {
      layer
          .paramTable()
          .keySet()
          .forEach(name -> lacking.computeIfAbsent(name, n -> new ArrayDeque<>()).add(layer));
    }
    List<NetworkState.Entry> entries = network.state().entries();
    for (int t = 0; t < network.state().parameters().size(); t++) {
      Tensor tensor = entries.get(t).tensor();
      String ours = tensor.getName().substring(tensor.getName().lastIndexOf('/') + 1);
      String theirs = Objects.requireNonNull(NAMES.get(ours));
      INDArray parameter =
          lacking.getOrDefault(theirs, new ArrayDeque<>()).remove().getParam(theirs);
      float[] values = new float[entries.get(t).length()];
      network.read(t, values);
      long[] shape = tensor.getShapeList().stream().mapToLong(Integer::longValue).toArray();
      Role role = network.state().parameters().get(entries.get(t).parameter()).role();
      if (role.ofInputs()) {
        values = ofInputs(role, values, (int) parameter.length());
        shape = new long[] {values.length};
      }
      try (INDArray array = Nd4j.create(values, shape, 'c')) {
        parameter.assign(array.reshape(parameter.shape()));
      }
    }
    if (lacking.values().stream().anyMatch(left -> !left.isEmpty())) {
      throw new IllegalStateException("the model has parameters that the network lacks");
    }
  }
}
