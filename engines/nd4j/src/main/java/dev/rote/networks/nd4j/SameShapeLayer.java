package dev.rote.networks.nd4j;

import dev.rote.blueprint.Extent;

/** A layer of one input whose output has the input's shape. */
abstract class SameShapeLayer implements Layer {
  private final long[] shape;

  SameShapeLayer(Extent extent) {
    this.shape = Layer.shape(extent);
  }

  @Override
  public long[] outputShape() {
    return shape.clone();
  }

  /** A fresh output beside an input. */
  Stage.Signal fresh(Stage.Signal input, Stage.Mode mode, Arena arena) {
    return Layer.fresh(input.examples(), shape, mode, arena);
  }

  /** A fresh output along a direction. */
  Stage.Signal freshDot(DirectionOf of, Arena arena) {
    return fresh(of.dot(), Stage.Mode.INPUT_GRADIENT, arena);
  }
}
