package dev.rote.reference;

import dev.rote.blueprint.Node;
import dev.rote.blueprint.ParameterShape;
import dev.rote.networks.StepSettings;
import java.util.Arrays;
import java.util.List;

/**
 * A named array of a network's state, its momentum and, inside a step, its gradient.
 *
 * <p>Update: {@code v = momentum v + g + decay w; w = w - rate v}.
 */
final class Parameter {
  private final ParameterShape shape;
  private final float[] value;
  private final float[] momentum;
  private final double[] gradient;

  Parameter(ParameterShape shape) {
    this.shape = shape;
    int length = shape.length();
    this.value = new float[length];
    this.momentum = new float[trained() ? length : 0];
    this.gradient = new double[trained() ? length : 0];
    Arrays.fill(value, shape.role().start());
  }

  /** Those of a node, at their start. */
  static List<Parameter> of(Node node) {
    return node.parameters().stream().map(Parameter::new).toList();
  }

  ParameterShape shape() {
    return shape;
  }

  boolean trained() {
    return shape.role().trained();
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

  /** Overwrites the value and puts the momentum to zero. */
  void restart(float[] values) {
    System.arraycopy(values, 0, value, 0, value.length);
    Arrays.fill(momentum, 0);
  }

  /** One update by the gradient, which is used up. */
  void update(StepSettings settings) {
    double decay = settings.decay(shape);
    for (int i = 0; i < value.length; i++) {
      double v = settings.momentum() * momentum[i] + gradient[i] + decay * value[i];
      value[i] = (float) (value[i] - settings.learningRate() * v);
      /* Without momentum the velocity is not kept. */
      momentum[i] = settings.momentum() == 0 ? momentum[i] : (float) v;
      gradient[i] = 0;
    }
  }
}
