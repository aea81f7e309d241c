package dev.rote.cuda;

import dev.rote.blueprint.Add;
import dev.rote.blueprint.AveragePool;
import dev.rote.blueprint.BatchNorm;
import dev.rote.blueprint.ChannelDropout;
import dev.rote.blueprint.Concatenate;
import dev.rote.blueprint.Convolution;
import dev.rote.blueprint.Crop;
import dev.rote.blueprint.Dense;
import dev.rote.blueprint.Dropout;
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
import java.util.List;

/**
 * The layer of a node.
 *
 * @param node one after the entry
 * @param below how its inputs lie on the card
 * @param relu whether a ReLU follows that it computes as well
 */
record LayerMaker(Node node, List<Layout> below, boolean relu) implements Op.Visitor<Layer> {
  private Layout first() {
    return below.get(0);
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
    return new FlattenLayer(first().flattened());
  }

  @Override
  public Layer dense(Dense op) {
    return new DenseLayer(node, first(), relu);
  }

  @Override
  public Layer convolution(Convolution op) {
    return new ConvolutionLayer(node, first(), op);
  }

  @Override
  public Layer batchNorm(BatchNorm op) {
    return new BatchNormLayer(node, first().computed(op.word()), relu);
  }

  @Override
  public Layer relu(Relu op) {
    return new ReluLayer(first());
  }

  @Override
  public Layer maxPool(MaxPool op) {
    return new PoolLayer(first().computed(op.word()), op.window());
  }

  @Override
  public Layer noise(Noise op) {
    return new NoiseLayer(op, first());
  }

  @Override
  public Layer add(Add op) {
    return new AddLayer(first(), below.get(1));
  }

  @Override
  public Layer averagePool(AveragePool op) {
    return new AveragePoolLayer(first().computed(op.word()), op.window());
  }

  @Override
  public Layer layerNorm(LayerNorm op) {
    return new LayerNormLayer(node, first());
  }

  @Override
  public Layer globalAveragePool(GlobalAveragePool op) {
    return AveragePoolLayer.global(first().computed(op.word()));
  }

  @Override
  public Layer gelu(Gelu op) {
    return new ElementLayer("gelu", first());
  }

  @Override
  public Layer tanh(Tanh op) {
    return new ElementLayer("hyperbolicTangent", first());
  }

  @Override
  public Layer concatenate(Concatenate op) {
    return new ConcatenateLayer(node.name(), below);
  }

  @Override
  public Layer dropout(Dropout op) {
    return new DropoutLayer(op.stream(), op.rate(), 1, first());
  }

  @Override
  public Layer channelDropout(ChannelDropout op) {
    return new DropoutLayer(op.stream(), op.rate(), first().image().places(), first());
  }

  @Override
  public Layer localResponseNorm(LocalResponseNorm op) {
    return new LocalResponseNormLayer(op, first().computed(op.word()));
  }
}
