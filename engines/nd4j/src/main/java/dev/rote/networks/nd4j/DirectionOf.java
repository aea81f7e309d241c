package dev.rote.networks.nd4j;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a layer needs to be followed along a direction.
 *
 * @param mode that its own pass is prepared for: one of those for gradients by inputs
 * @param inputs of its own pass, with gradients
 * @param output of its own pass, with a gradient
 * @param dots ẋ of each input, with buffers for derivatives of ∂L/∂x
 * @param along ẇ of each trained parameter
 * @param products where derivatives of ∂L/∂w go
 */
record DirectionOf(
    Stage.Mode mode,
    List<Stage.Signal> inputs,
    Stage.Signal output,
    List<Stage.Signal> dots,
    List<INDArray> along,
    List<INDArray> products) {
  DirectionOf {
    inputs = List.copyOf(inputs);
    dots = List.copyOf(dots);
    along = List.copyOf(along);
    products = List.copyOf(products);
  }

  /** The one input. */
  Stage.Signal input() {
    return inputs.get(0);
  }

  /** ẋ of the one input. */
  Stage.Signal dot() {
    return dots.get(0);
  }
}
