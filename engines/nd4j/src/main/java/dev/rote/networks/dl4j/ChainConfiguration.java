package dev.rote.networks.dl4j;

import dev.rote.blueprint.BatchNorm;
import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.Convolution;
import dev.rote.blueprint.Crop;
import dev.rote.blueprint.Dense;
import dev.rote.blueprint.Flatten;
import dev.rote.blueprint.Input;
import dev.rote.blueprint.MaxPool;
import dev.rote.blueprint.Node;
import dev.rote.blueprint.Noise;
import dev.rote.blueprint.Normalization;
import dev.rote.blueprint.Normalize;
import dev.rote.blueprint.Op;
import dev.rote.blueprint.Relu;
import dev.rote.blueprint.Window;
import java.util.List;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** DL4J's layers for the nodes of a blueprint without branches that ends in dense logits. */
final class ChainConfiguration implements Op.Selective<List<Layer>> {
  /** What DL4J adds to the variances of inputs, and is taken off them before. */
  static final double NORMALIZE_EPSILON = 1e-12;

  private final Node node;
  private final boolean last;

  private ChainConfiguration(Node node, boolean last) {
    this.node = node;
    this.last = last;
  }

  /**
   * The configuration of a blueprint.
   *
   * @throws IllegalArgumentException if it has branches or an op that is not known here, or does
   *     not end in a dense layer
   */
  static MultiLayerConfiguration of(Blueprint blueprint) {
    List<Node> nodes = blueprint.nodes();
    if (!(blueprint.output().op() instanceof Dense)) {
      throw refused(blueprint.output(), "DL4J's models end in a dense layer");
    }
    NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder().list();
    layers.setInputType(inputType(blueprint));
    for (int i = 1; i < nodes.size(); i++) {
      if (!nodes.get(i).inputs().equals(List.of(i - 1))) {
        throw refused(nodes.get(i), "DL4J's MultiLayerNetwork has no branches");
      }
      Node node = nodes.get(i);
      boolean last = i == nodes.size() - 1;
      node.op().accept(new ChainConfiguration(node, last)).forEach(layers::layer);
    }
    return layers.build();
  }

  private static IllegalArgumentException refused(Node node, String why) {
    return new IllegalArgumentException(
        "node " + node.name() + " (" + node.op().word() + ") cannot be exported: " + why);
  }

  private static InputType inputType(Blueprint blueprint) {
    int first = blueprint.normalization().orElse(0) + 1;
    return blueprint.nodes().get(first).op() instanceof Flatten
        ? InputType.feedForward(blueprint.inputLength())
        : InputType.convolutional(
            blueprint.input().getHeight(),
            blueprint.input().getWidth(),
            blueprint.input().getChannels());
  }

  private static ConvolutionMode mode(Window window) {
    return window.same() ? ConvolutionMode.Same : ConvolutionMode.Truncate;
  }

  @Override
  public List<Layer> input(Input op) {
    return List.of();
  }

  @Override
  public List<Layer> crop(Crop op) {
    return op.pixels() == 0
        ? List.of()
        : List.of(new Cropping2D.Builder(op.pixels(), op.pixels()).build());
  }

  /** Batch normalisation that nothing trains: its statistics are those of the data. */
  @Override
  public List<Layer> normalize(Normalize op) {
    return List.of(
        new BatchNormalization.Builder()
            .lockGammaBeta(true)
            .eps(NORMALIZE_EPSILON)
            .useLogStd(false)
            .build());
  }

  /** None: DL4J flattens before a dense layer by itself. */
  @Override
  public List<Layer> flatten(Flatten op) {
    return List.of();
  }

  @Override
  public List<Layer> dense(Dense op) {
    return List.of(
        last
            ? new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(op.units())
                .hasBias(op.biased())
                .activation(Activation.SOFTMAX)
                .build()
            : new DenseLayer.Builder()
                .nOut(op.units())
                .hasBias(op.biased())
                .activation(Activation.IDENTITY)
                .build());
  }

  @Override
  public List<Layer> convolution(Convolution op) {
    if (op.groups() > 1) {
      throw refused(node, "DL4J's convolutions have no groups");
    }
    Window window = op.window();
    return List.of(
        new ConvolutionLayer.Builder(window.size(), window.size())
            .stride(window.stride(), window.stride())
            .padding(window.pad(), window.pad())
            .nOut(op.filters())
            .hasBias(op.biased())
            .convolutionMode(mode(window))
            .activation(Activation.IDENTITY)
            .build());
  }

  @Override
  public List<Layer> batchNorm(BatchNorm op) {
    return List.of(
        new BatchNormalization.Builder()
            .eps(Normalization.EPSILON)
            .decay(Normalization.DECAY)
            .useLogStd(false)
            .build());
  }

  @Override
  public List<Layer> relu(Relu op) {
    return List.of(new ActivationLayer.Builder().activation(Activation.RELU).build());
  }

  @Override
  public List<Layer> maxPool(MaxPool op) {
    Window window = op.window();
    return List.of(
        new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
            .kernelSize(window.size(), window.size())
            .stride(window.stride(), window.stride())
            .padding(window.pad(), window.pad())
            .convolutionMode(mode(window))
            .build());
  }

  /** None: it is the identity in inference. */
  @Override
  public List<Layer> noise(Noise op) {
    return List.of();
  }

  @Override
  public List<Layer> other(Op op) {
    throw refused(node, "it has no layer of DL4J here");
  }
}
