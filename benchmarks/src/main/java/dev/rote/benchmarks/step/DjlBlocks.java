package dev.rote.benchmarks.step;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import dev.rote.blueprint.BatchNorm;
import dev.rote.blueprint.Convolution;
import dev.rote.blueprint.Crop;
import dev.rote.blueprint.Dense;
import dev.rote.blueprint.Flatten;
import dev.rote.blueprint.Input;
import dev.rote.blueprint.MaxPool;
import dev.rote.blueprint.Noise;
import dev.rote.blueprint.Op;
import dev.rote.blueprint.Relu;

/** DJL's block for each node of a chain, appended. */
record DjlBlocks(SequentialBlock blocks) implements Op.Selective<SequentialBlock> {
  private static Shape square(int side) {
    return new Shape(side, side);
  }

  @Override
  public SequentialBlock input(Input op) {
    return blocks;
  }

  /** Images are cropped before. */
  @Override
  public SequentialBlock crop(Crop op) {
    return blocks;
  }

  @Override
  public SequentialBlock flatten(Flatten op) {
    return blocks.add(Blocks.batchFlattenBlock());
  }

  @Override
  public SequentialBlock dense(Dense op) {
    return blocks.add(Linear.builder().setUnits(op.units()).optBias(op.biased()).build());
  }

  @Override
  public SequentialBlock convolution(Convolution op) {
    return blocks.add(
        Conv2d.builder()
            .setKernelShape(square(op.window().size()))
            .optStride(square(op.window().stride()))
            .optPadding(square(op.window().pad()))
            .optGroups(op.groups())
            .setFilters(op.filters())
            .optBias(op.biased())
            .build());
  }

  @Override
  public SequentialBlock batchNorm(BatchNorm op) {
    return blocks.add(ai.djl.nn.norm.BatchNorm.builder().optMomentum(0.9f).build());
  }

  @Override
  public SequentialBlock relu(Relu op) {
    return blocks.add(Activation.reluBlock());
  }

  @Override
  public SequentialBlock maxPool(MaxPool op) {
    return blocks.add(
        Pool.maxPool2dBlock(
            square(op.window().size()), square(op.window().stride()), square(op.window().pad())));
  }

  /** No case has noise. */
  @Override
  public SequentialBlock noise(Noise op) {
    return blocks;
  }

  @Override
  public SequentialBlock other(Op op) {
    throw new IllegalArgumentException("no case has " + op.word());
  }
}
