package dev.rote.reference;

import dev.rote.networks.StepSettings;
import dev.rote.v1.Tensor;
import java.util.Arrays;

/**
 * A named array of a network's state, its momentum and, inside a step, its gradient.
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
    RUNNING_VARIANCE
  }

  private final String name;
  private final Role role;
  private final int[] shape;
  private final float[] value;
  private final float[] momentum;
  private final double[] gradient;

  Parameter(String name, Role role, int... shape) {
    this.name = name;
    this.role = role;
    this.shape = shape.clone();
    int length = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    this.value = new float[length];
    this.momentum = new float[trained() ? length : 0];
    this.gradient = new double[trained() ? length : 0];
    reset();
  }

  Role role() {
    return role;
  }

  boolean trained() {
    return role != Role.RUNNING_MEAN && role != Role.RUNNING_VARIANCE;
  }

  float[] value() {
    return value;
  }

  float[] momentum() {
    return momentum;
  }

  /** Where a backward pass adds. */
  double[] gradient() {
    return gradient;
  }

  /** Fan-in and fan-out of weights: dense [in, out], convolution [out, in, k, k]. */
  long[] fans() {
    if (shape.length == 2) {
      return new long[] {shape[0], shape[1]};
    }
    long window = (long) shape[2] * shape[3];
    return new long[] {shape[1] * window, shape[0] * window};
  }

  /** Puts values where they start, and momentum to zero. */
  void reset() {
    Arrays.fill(value, role == Role.SCALE || role == Role.RUNNING_VARIANCE ? 1 : 0);
    Arrays.fill(momentum, 0);
  }

  Tensor tensor() {
    return tensorNamed(name);
  }

  Tensor momentumTensor() {
    return tensorNamed(name + "/momentum");
  }

  private Tensor tensorNamed(String full) {
    Tensor.Builder tensor = Tensor.newBuilder().setName(full);
    for (int size : shape) {
      tensor.addShape(size);
    }
    return tensor.build();
  }

  /** One update by the gradient, which is used up. */
  void update(StepSettings settings) {
    double decay = role == Role.WEIGHTS ? settings.regularization().getWeightDecay() : 0;
    for (int i = 0; i < value.length; i++) {
      double v = settings.momentum() * momentum[i] + gradient[i] + decay * value[i];
      value[i] = (float) (value[i] - settings.learningRate() * v);
      /* Without momentum the velocity is not kept. */
      momentum[i] = settings.momentum() == 0 ? momentum[i] : (float) v;
      gradient[i] = 0;
    }
  }
}
