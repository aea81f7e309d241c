package dev.rote.reference;

import dev.rote.blueprint.Add;
import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.ChannelDropout;
import dev.rote.blueprint.Concatenate;
import dev.rote.blueprint.Crop;
import dev.rote.blueprint.Dropout;
import dev.rote.blueprint.Extent;
import dev.rote.blueprint.Flatten;
import dev.rote.blueprint.Input;
import dev.rote.blueprint.Node;
import dev.rote.blueprint.Noise;
import dev.rote.blueprint.Normalize;
import dev.rote.blueprint.Op;

/** The layer of a node. Input and crop are none: patches are what enters the network. */
record LayerMaker(Blueprint blueprint, Node node) implements Op.Visitor<Layer> {
  private Extent below() {
    return blueprint.nodes().get(node.inputs().get(0)).extent();
  }

  @Override
  public Layer input(Input op) {
    return new Flattening();
  }

  @Override
  public Layer crop(Crop op) {
    return new Flattening();
  }

  @Override
  public Layer normalize(Normalize op) {
    return new InputNormalization(node);
  }

  @Override
  public Layer flatten(Flatten op) {
    return new Flattening();
  }

  @Override
  public Layer dense(dev.rote.blueprint.Dense op) {
    return new Dense(node, below().length());
  }

  @Override
  public Layer convolution(dev.rote.blueprint.Convolution op) {
    return new Convolution(node, below(), op);
  }

  @Override
  public Layer batchNorm(dev.rote.blueprint.BatchNorm op) {
    return new BatchNorm(node);
  }

  @Override
  public Layer relu(dev.rote.blueprint.Relu op) {
    return new Relu();
  }

  @Override
  public Layer maxPool(dev.rote.blueprint.MaxPool op) {
    return new MaxPool(below(), op.window());
  }

  @Override
  public Layer noise(Noise op) {
    return new Disturbance(op);
  }

  @Override
  public Layer add(Add op) {
    return new Addition();
  }

  @Override
  public Layer averagePool(dev.rote.blueprint.AveragePool op) {
    return new AveragePool(below(), op.window());
  }

  @Override
  public Layer layerNorm(dev.rote.blueprint.LayerNorm op) {
    return new LayerNorm(node);
  }

  @Override
  public Layer globalAveragePool(dev.rote.blueprint.GlobalAveragePool op) {
    return new GlobalAveragePool(below().places());
  }

  @Override
  public Layer gelu(dev.rote.blueprint.Gelu op) {
    return new Smooth(Smooth.Function.GELU);
  }

  @Override
  public Layer tanh(dev.rote.blueprint.Tanh op) {
    return new Smooth(Smooth.Function.TANH);
  }

  @Override
  public Layer concatenate(Concatenate op) {
    return new Concatenation(
        node.inputs().stream().map(i -> blueprint.nodes().get(i).extent().length()).toList());
  }

  @Override
  public Layer dropout(Dropout op) {
    return new Masking(op.stream(), op.rate(), 1);
  }

  @Override
  public Layer channelDropout(ChannelDropout op) {
    return new Masking(op.stream(), op.rate(), below().places());
  }

  @Override
  public Layer localResponseNorm(dev.rote.blueprint.LocalResponseNorm op) {
    return new LocalResponseNorm(op, below());
  }
}
