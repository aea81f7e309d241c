package dev.rote.networks.nd4j;

import dev.rote.blueprint.Node;
import dev.rote.blueprint.ParameterShape;
import dev.rote.networks.NetworkState.Slot;
import dev.rote.networks.StepSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A named array of a network's state and, once it is needed, its momentum buffer.
 *
 * <p>Update: {@code v = momentum v + g + decay w; w = w - rate v}.
 */
final class Parameter {
  private final ParameterShape shape;
  private final Arena arena;
  private final INDArray value;
  private @Nullable INDArray momentum;

  Parameter(ParameterShape shape, Arena arena) {
    this.shape = shape;
    this.arena = arena;
    this.value = arena.filled(shape.role().start(), sizes());
  }

  /** Those of a node, at their start. */
  static List<Parameter> of(Node node, Arena arena) {
    return node.parameters().stream().map(shape -> new Parameter(shape, arena)).toList();
  }

  private long[] sizes() {
    return shape.sizes().stream().mapToLong(Integer::longValue).toArray();
  }

  ParameterShape shape() {
    return shape;
  }

  INDArray value() {
    return value;
  }

  int length() {
    return (int) value.length();
  }

  /** The momentum buffer, made on the first call. */
  INDArray momentum() {
    if (momentum == null) {
      momentum = arena.zeros(sizes());
    }
    return momentum;
  }

  /** What a tensor of the state holds of this parameter. */
  INDArray array(Slot slot) {
    return switch (slot) {
      case VALUE -> value;
      case MOMENTUM -> momentum();
    };
  }

  /** Overwrites the value and puts the momentum to zero. */
  void restart(float[] values) {
    Arena.copyIn(values, 0, values.length, value);
    if (momentum != null) {
      momentum.assign(0);
    }
  }

  boolean hasMomentum() {
    return momentum != null;
  }

  /**
   * One update by a product that yields the gradient of this parameter: without momentum the
   * product writes the update itself, {@code w = (1 - rate decay) w - rate a b}.
   *
   * @param intoValue the product with this parameter as its result
   * @param intoMomentum the same with the momentum buffer as its result
   */
  void update(
      MatrixProduct intoValue, @Nullable MatrixProduct intoMomentum, StepSettings settings) {
    double rate = settings.learningRate();
    double decay = settings.decay(shape);
    if (intoMomentum == null) {
      intoValue.run(-rate, 1 - rate * decay);
      return;
    }
    intoMomentum.run(1, settings.momentum());
    if (decay != 0) {
      axpy(decay, value, momentum());
    }
    axpy(-rate, momentum(), value);
  }

  /** One update by a gradient. */
  void update(INDArray gradient, StepSettings settings) {
    double rate = settings.learningRate();
    double decay = settings.decay(shape);
    if (settings.momentum() == 0) {
      if (decay != 0) {
        scale(1 - rate * decay, value);
      }
      axpy(-rate, gradient, value);
      return;
    }
    scale(settings.momentum(), momentum());
    axpy(1, gradient, momentum());
    if (decay != 0) {
      axpy(decay, value, momentum());
    }
    axpy(-rate, momentum(), value);
  }

  /** y = y + alpha x */
  private static void axpy(double alpha, INDArray x, INDArray y) {
    Nd4j.getBlasWrapper().level1().axpy(y.length(), alpha, x, y);
  }

  private static void scale(double alpha, INDArray x) {
    Nd4j.getBlasWrapper().level1().scal(x.length(), alpha, x);
  }
}
