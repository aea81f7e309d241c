package dev.rote.networks.dl4j;

import dev.rote.blueprint.Add;
import dev.rote.blueprint.AveragePool;
import dev.rote.blueprint.BatchNorm;
import dev.rote.blueprint.ChannelDropout;
import dev.rote.blueprint.Concatenate;
import dev.rote.blueprint.Convolution;
import dev.rote.blueprint.Crop;
import dev.rote.blueprint.Dense;
import dev.rote.blueprint.Dropout;
import dev.rote.blueprint.Extent;
import dev.rote.blueprint.Flatten;
import dev.rote.blueprint.GlobalAveragePool;
import dev.rote.blueprint.Input;
import dev.rote.blueprint.LocalResponseNorm;
import dev.rote.blueprint.MaxPool;
import dev.rote.blueprint.Node;
import dev.rote.blueprint.Noise;
import dev.rote.blueprint.Normalization;
import dev.rote.blueprint.Normalize;
import dev.rote.blueprint.Op;
import dev.rote.blueprint.Relu;
import dev.rote.blueprint.Tanh;
import dev.rote.blueprint.Window;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What DL4J has for a node. */
final class NodePart implements Op.Selective<Part> {
  /** What DL4J adds to the variances of inputs, and is taken off them before. */
  static final double NORMALIZE_EPSILON = 1e-12;

  private final Node node;
  private final Extent below;
  private final boolean last;

  private NodePart(Node node, Extent below, boolean last) {
    this.node = node;
    this.below = below;
    this.last = last;
  }

  /**
   * The part of a node, which has the node's name if it is a layer.
   *
   * @param below shape of what it reads first
   * @param last whether its output is the network's
   * @throws IllegalArgumentException if DL4J has none
   */
  static Part of(Node node, Extent below, boolean last) {
    Part part = node.op().accept(new NodePart(node, below, last));
    if (part instanceof Part.OfLayer layer) {
      layer.layer().setLayerName(node.name());
    }
    return part;
  }

  static IllegalArgumentException refused(Node node, String why) {
    return new IllegalArgumentException(
        "node " + node.name() + " (" + node.op().word() + ") cannot be exported: " + why);
  }

  private static Part layer(Layer layer) {
    return new Part.OfLayer(layer);
  }

  private static ConvolutionMode mode(Window window) {
    return window.same() ? ConvolutionMode.Same : ConvolutionMode.Truncate;
  }

  @Override
  public Part input(Input op) {
    return new Part.Same();
  }

  @Override
  public Part crop(Crop op) {
    return op.pixels() == 0
        ? new Part.Same()
        : layer(new Cropping2D.Builder(op.pixels(), op.pixels()).build());
  }

  /** Batch normalisation that nothing trains: its statistics are those of the data. */
  @Override
  public Part normalize(Normalize op) {
    return layer(
        new BatchNormalization.Builder()
            .lockGammaBeta(true)
            .eps(NORMALIZE_EPSILON)
            .useLogStd(false)
            .build());
  }

  @Override
  public Part flatten(Flatten op) {
    return below.isImage()
        ? new Part.OfVertex(
            new PreprocessorVertex(
                new CnnToFeedForwardPreProcessor(below.height(), below.width(), below.channels())))
        : new Part.Same();
  }

  @Override
  public Part dense(Dense op) {
    return layer(
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
  public Part convolution(Convolution op) {
    if (op.groups() > 1) {
      throw refused(node, "DL4J's convolutions have no groups");
    }
    Window window = op.window();
    return layer(
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
  public Part batchNorm(BatchNorm op) {
    return layer(
        new BatchNormalization.Builder()
            .eps(Normalization.EPSILON)
            .decay(Normalization.DECAY)
            .useLogStd(false)
            .build());
  }

  @Override
  public Part relu(Relu op) {
    return layer(new ActivationLayer.Builder().activation(Activation.RELU).build());
  }

  @Override
  public Part maxPool(MaxPool op) {
    return pool(SubsamplingLayer.PoolingType.MAX, op.window());
  }

  private static Part pool(SubsamplingLayer.PoolingType type, Window window) {
    return layer(
        new SubsamplingLayer.Builder(type)
            .kernelSize(window.size(), window.size())
            .stride(window.stride(), window.stride())
            .padding(window.pad(), window.pad())
            .convolutionMode(mode(window))
            .build());
  }

  /** None: it is the identity in inference. */
  @Override
  public Part noise(Noise op) {
    return new Part.Same();
  }

  @Override
  public Part dropout(Dropout op) {
    return new Part.Same();
  }

  @Override
  public Part channelDropout(ChannelDropout op) {
    return new Part.Same();
  }

  @Override
  public Part tanh(Tanh op) {
    return layer(new ActivationLayer.Builder().activation(Activation.TANH).build());
  }

  @Override
  public Part averagePool(AveragePool op) {
    return pool(SubsamplingLayer.PoolingType.AVG, op.window());
  }

  @Override
  public Part globalAveragePool(GlobalAveragePool op) {
    return layer(new GlobalPoolingLayer.Builder(PoolingType.AVG).build());
  }

  @Override
  public Part localResponseNorm(LocalResponseNorm op) {
    return layer(
        new LocalResponseNormalization.Builder(op.k(), op.size(), op.alpha(), op.beta()).build());
  }

  @Override
  public Part add(Add op) {
    return new Part.OfVertex(new ElementWiseVertex(ElementWiseVertex.Op.Add));
  }

  @Override
  public Part concatenate(Concatenate op) {
    return new Part.OfVertex(new MergeVertex());
  }

  @Override
  public Part other(Op op) {
    throw refused(node, "DL4J has no such layer, or another of that name");
  }
}
