package dev.rote.networks.nd4j;

import dev.rote.networks.StepSettings;
import dev.rote.v1.Tensor;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A named array of a network's state and, once it is needed, its momentum buffer.
 *
 * <p>Update: {@code v = momentum v + g + decay w; w = w - rate v}.
 */
final class Parameter {
  /** What a parameter is for. */
  enum Role {
    /** Trained; shrunk by weight decay. */
    WEIGHTS,
    /** Trained. */
    BIASES,
    /** Trained; starts at one. */
    SCALE,
    /** Trained; starts at zero. */
    SHIFT,
    /** Running statistic; starts at zero. */
    RUNNING_MEAN,
    /** Running statistic; starts at one. */
    RUNNING_VARIANCE;

    boolean trained() {
      return this != RUNNING_MEAN && this != RUNNING_VARIANCE;
    }

    float start() {
      return this == SCALE || this == RUNNING_VARIANCE ? 1 : 0;
    }
  }

  private final String name;
  private final Role role;
  private final long[] shape;
  private final Arena arena;
  private final INDArray value;
  private @Nullable INDArray momentum;

  Parameter(String name, Role role, Arena arena, long... shape) {
    this.name = name;
    this.role = role;
    this.arena = arena;
    this.shape = shape.clone();
    this.value = arena.filled(role.start(), shape);
  }

  Role role() {
    return role;
  }

  INDArray value() {
    return value;
  }

  int length() {
    return (int) value.length();
  }

  /** Fan-in and fan-out of weights: dense [in, out], convolution [out, in, k, k]. */
  long[] fans() {
    if (shape.length == 2) {
      return new long[] {shape[0], shape[1]};
    }
    long window = shape[2] * shape[3];
    return new long[] {shape[1] * window, shape[0] * window};
  }

  /** The momentum buffer, made on the first call. */
  INDArray momentum() {
    if (momentum == null) {
      momentum = arena.zeros(shape);
    }
    return momentum;
  }

  boolean hasMomentum() {
    return momentum != null;
  }

  Tensor tensor() {
    return tensorNamed(name);
  }

  Tensor momentumTensor() {
    return tensorNamed(name + "/momentum");
  }

  private Tensor tensorNamed(String full) {
    Tensor.Builder tensor = Tensor.newBuilder().setName(full);
    for (long size : shape) {
      tensor.addShape((int) size);
    }
    return tensor.build();
  }

  double decay(StepSettings settings) {
    return role == Role.WEIGHTS ? settings.regularization().getWeightDecay() : 0;
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
    double decay = decay(settings);
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
    double decay = decay(settings);
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
