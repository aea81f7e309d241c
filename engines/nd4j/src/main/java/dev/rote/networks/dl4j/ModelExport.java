package dev.rote.networks.dl4j;

import dev.rote.networks.Architecture;
import dev.rote.networks.Network;
import dev.rote.networks.Normalization;
import dev.rote.v1.Cnn;
import dev.rote.v1.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Writes a network as a {@code MultiLayerNetwork} zip that {@code ModelSerializer} opens and that
 * predicts the same. Inputs are float32[N, D] for a multilayer perceptron and float32[N, C, H, W]
 * for a convolutional network. Regularisers and the optimiser's state are left out.
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
    Architecture architecture = network.architecture();
    NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder().list();
    if (architecture.model().hasCnn()) {
      addCnn(architecture, layers);
    } else {
      for (int units : architecture.model().getMlp().getHiddenList()) {
        layers.layer(new DenseLayer.Builder().nOut(units).activation(Activation.RELU).build());
      }
      layers.setInputType(InputType.feedForward(architecture.inputLength()));
    }
    layers.layer(
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nOut(architecture.classes())
            .activation(Activation.SOFTMAX)
            .build());
    MultiLayerNetwork model = new MultiLayerNetwork(layers.build());
    model.init();
    copy(network, model);
    return model;
  }

  private static void addCnn(Architecture architecture, NeuralNetConfiguration.ListBuilder layers) {
    Cnn cnn = architecture.model().getCnn();
    layers.setInputType(
        InputType.convolutional(
            architecture.input().getHeight(),
            architecture.input().getWidth(),
            architecture.input().getChannels()));
    if (cnn.getCrop() > 0) {
      layers.layer(new Cropping2D.Builder(cnn.getCrop(), cnn.getCrop()).build());
    }
    ConvolutionMode mode =
        cnn.getPadding() == Cnn.Padding.SAME ? ConvolutionMode.Same : ConvolutionMode.Truncate;
    for (int filters : cnn.getFiltersList()) {
      layers.layer(
          new ConvolutionLayer.Builder(cnn.getKernel(), cnn.getKernel())
              .nOut(filters)
              .hasBias(false)
              .convolutionMode(mode)
              .activation(Activation.IDENTITY)
              .build());
      addNormalization(layers);
      layers.layer(
          new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
              .kernelSize(cnn.getPool(), cnn.getPool())
              .stride(cnn.getPoolStride(), cnn.getPoolStride())
              .convolutionMode(mode)
              .build());
    }
    for (int units : cnn.getDenseList()) {
      layers.layer(
          new DenseLayer.Builder()
              .nOut(units)
              .hasBias(false)
              .activation(Activation.IDENTITY)
              .build());
      addNormalization(layers);
    }
  }

  private static void addNormalization(NeuralNetConfiguration.ListBuilder layers) {
    layers.layer(
        new BatchNormalization.Builder()
            .eps(Normalization.EPSILON)
            .decay(Normalization.DECAY)
            .useLogStd(false)
            .build());
    layers.layer(new ActivationLayer.Builder().activation(Activation.RELU).build());
  }

  /**
   * Our tensors come in the order of the layers, and inside each in an order of ours: each goes to
   * the first layer that still lacks a parameter of its name.
   */
  private static void copy(Network network, MultiLayerNetwork model) {
    List<Tensor> tensors = network.tensors();
    Map<String, Deque<Layer>> lacking = new HashMap<>();
    for (Layer layer : model.getLayers()) {
      layer
          .paramTable()
          .keySet()
          .forEach(name -> lacking.computeIfAbsent(name, n -> new ArrayDeque<>()).add(layer));
    }
    for (int t = 0; t < tensors.size(); t++) {
      String name = tensors.get(t).getName();
      if (name.endsWith("/momentum")) {
        continue;
      }
      String theirs = Objects.requireNonNull(NAMES.get(name.substring(name.indexOf('/') + 1)));
      INDArray parameter =
          lacking.getOrDefault(theirs, new ArrayDeque<>()).remove().getParam(theirs);
      long[] shape = tensors.get(t).getShapeList().stream().mapToLong(Integer::longValue).toArray();
      float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
      network.read(t, values);
      try (INDArray array = Nd4j.create(values, shape, 'c')) {
        parameter.assign(array.reshape(parameter.shape()));
      }
    }
    if (lacking.values().stream().anyMatch(left -> !left.isEmpty())) {
      throw new IllegalStateException("the model has parameters that the network lacks");
    }
  }
}
