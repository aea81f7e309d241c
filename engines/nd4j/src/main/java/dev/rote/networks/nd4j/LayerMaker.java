package dev.rote.networks.nd4j;

import dev.rote.blueprint.Add;
import dev.rote.blueprint.AveragePool;
import dev.rote.blueprint.BatchNorm;
import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.ChannelDropout;
import dev.rote.blueprint.Concatenate;
import dev.rote.blueprint.Convolution;
import dev.rote.blueprint.Crop;
import dev.rote.blueprint.Dense;
import dev.rote.blueprint.Dropout;
import dev.rote.blueprint.Extent;
import dev.rote.blueprint.Flatten;
import dev.rote.blueprint.Gelu;
import dev.rote.blueprint.GlobalAveragePool;
import dev.rote.blueprint.Input;
import dev.rote.blueprint.LayerNorm;
import dev.rote.blueprint.LocalResponseNorm;
import dev.rote.blueprint.MaxPool;
import dev.rote.blueprint.Node;
import dev.rote.blueprint.Noise;
import dev.rote.blueprint.Normalize;
import dev.rote.blueprint.Op;
import dev.rote.blueprint.Relu;
import dev.rote.blueprint.Tanh;

/**
 * The layer of a node.
 *
 * @param node one after the entry
 * @param arena owner of its parameters
 */
record LayerMaker(Blueprint blueprint, Node node, Arena arena) implements Op.Visitor<Layer> {
  private Extent below() {
    return blueprint.nodes().get(node.inputs().get(0)).extent();
  }

  /** Whether nobody but this node reads the buffer of its input, which is not the network's. */
  private boolean ownsInput() {
    int[] readers = blueprint.readers();
    int at = node.inputs().get(0);
    while (at > blueprint.entry() && readers[at] == 1) {
      Node below = blueprint.nodes().get(at);
      if (!below.op().passesThrough()) {
        return true;
      }
      at = below.inputs().get(0);
    }
    return false;
  }

  @Override
  public Layer input(Input op) {
    throw new IllegalStateException("the input has no layer");
  }

  @Override
  public Layer crop(Crop op) {
    throw new IllegalStateException("images are cropped before they enter");
  }

  @Override
  public Layer normalize(Normalize op) {
    throw new IllegalStateException("images are normalised before they enter");
  }

  @Override
  public Layer flatten(Flatten op) {
    return new FlattenLayer(node.extent());
  }

  @Override
  public Layer dense(Dense op) {
    return new DenseLayer(node, arena);
  }

  @Override
  public Layer convolution(Convolution op) {
    return new ConvolutionLayer(node, below(), op, arena);
  }

  @Override
  public Layer batchNorm(BatchNorm op) {
    return new BatchNormLayer(node, arena);
  }

  @Override
  public Layer relu(Relu op) {
    return new ReluLayer(node.extent(), ownsInput());
  }

  @Override
  public Layer maxPool(MaxPool op) {
    return new PoolLayer(PoolLayer.MAXIMUM, below(), node.extent(), op.window());
  }

  @Override
  public Layer noise(Noise op) {
    return new NoiseLayer(op, node.extent());
  }

  @Override
  public Layer add(Add op) {
    return new AddLayer(node.extent());
  }

  @Override
  public Layer averagePool(AveragePool op) {
    return new PoolLayer("avgpool2d", below(), node.extent(), op.window());
  }

  @Override
  public Layer layerNorm(LayerNorm op) {
    return new LayerNormLayer(node, arena);
  }

  @Override
  public Layer globalAveragePool(GlobalAveragePool op) {
    return new GlobalAveragePoolLayer(below());
  }

  @Override
  public Layer gelu(Gelu op) {
    return new SmoothLayer(SmoothLayer.Function.GELU, node.extent());
  }

  @Override
  public Layer tanh(Tanh op) {
    return new SmoothLayer(SmoothLayer.Function.TANH, node.extent());
  }

  @Override
  public Layer concatenate(Concatenate op) {
    return new ConcatenateLayer(node.extent());
  }

  @Override
  public Layer dropout(Dropout op) {
    return new DropoutLayer(op.stream(), op.rate(), 1, node.extent());
  }

  @Override
  public Layer channelDropout(ChannelDropout op) {
    return new DropoutLayer(op.stream(), op.rate(), below().places(), node.extent());
  }

  @Override
  public Layer localResponseNorm(LocalResponseNorm op) {
    return new LocalResponseNormLayer(op, below());
  }
}
