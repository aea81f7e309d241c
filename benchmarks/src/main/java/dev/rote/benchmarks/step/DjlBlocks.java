package dev.rote.benchmarks.step;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import dev.rote.blueprint.BatchNorm;
import dev.rote.blueprint.Convolution;
import dev.rote.blueprint.Crop;
import dev.rote.blueprint.Dense;
import dev.rote.blueprint.Flatten;
import dev.rote.blueprint.GlobalAveragePool;
import dev.rote.blueprint.Input;
import dev.rote.blueprint.MaxPool;
import dev.rote.blueprint.Noise;
import dev.rote.blueprint.Op;
import dev.rote.blueprint.Relu;

/** DJL's block of an op with one input. */
final class DjlBlocks implements Op.Selective<Block> {
  private static Shape square(int side) {
    return new Shape(side, side);
  }

  @Override
  public Block input(Input op) {
    return Blocks.identityBlock();
  }

  /** Images are cropped before. */
  @Override
  public Block crop(Crop op) {
    return Blocks.identityBlock();
  }

  @Override
  public Block flatten(Flatten op) {
    return Blocks.batchFlattenBlock();
  }

  @Override
  public Block dense(Dense op) {
    return Linear.builder().setUnits(op.units()).optBias(op.biased()).build();
  }

  @Override
  public Block convolution(Convolution op) {
    return Conv2d.builder()
        .setKernelShape(square(op.window().size()))
        .optStride(square(op.window().stride()))
        .optPadding(square(op.window().pad()))
        .optGroups(op.groups())
        .setFilters(op.filters())
        .optBias(op.biased())
        .build();
  }

  @Override
  public Block batchNorm(BatchNorm op) {
    return ai.djl.nn.norm.BatchNorm.builder().optMomentum(0.9f).build();
  }

  @Override
  public Block relu(Relu op) {
    return Activation.reluBlock();
  }

  @Override
  public Block maxPool(MaxPool op) {
    return Pool.maxPool2dBlock(
        square(op.window().size()), square(op.window().stride()), square(op.window().pad()));
  }

  @Override
  public Block globalAveragePool(GlobalAveragePool op) {
    return Pool.globalAvgPool2dBlock();
  }

  /** No case has noise. */
  @Override
  public Block noise(Noise op) {
    return Blocks.identityBlock();
  }

  @Override
  public Block other(Op op) {
    throw new IllegalArgumentException("no case has " + op.word());
  }
}
