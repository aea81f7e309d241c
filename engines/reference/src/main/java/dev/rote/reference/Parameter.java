package dev.rote.reference;

import dev.rote.blueprint.Node;
import dev.rote.blueprint.ParameterShape;
import dev.rote.networks.StepSettings;
import dev.rote.recipes.Recipe;
import java.util.Arrays;
import java.util.List;

/**
 * A named array of a network's state, what the optimiser keeps of it and, inside a step, its
 * gradient.
 */
final class Parameter {
  private final ParameterShape shape;
  private final float[] value;
  private final double[] gradient;
  private List<float[]> slots = List.of();

  Parameter(ParameterShape shape) {
    this.shape = shape;
    int length = shape.length();
    this.value = new float[length];
    this.gradient = new double[trained() ? length : 0];
    Arrays.fill(value, shape.role().start());
  }

  /** Those of a node, at their start. */
  static List<Parameter> of(Node node) {
    return node.parameters().stream().map(Parameter::new).toList();
  }

  /** Makes room for what an optimiser keeps. */
  void keep(Recipe recipe) {
    if (trained()) {
      slots = recipe.optimizer().slots().stream().map(slot -> new float[value.length]).toList();
    }
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

  /** In the order of the optimiser's slots. */
  List<float[]> slots() {
    return slots;
  }

  /** Where a backward pass adds. */
  double[] gradient() {
    return gradient;
  }

  /** Overwrites the value and puts all slots to zero. */
  void restart(float[] values) {
    System.arraycopy(values, 0, value, 0, value.length);
    slots.forEach(slot -> Arrays.fill(slot, 0));
  }

  /**
   * One update by the gradient, which is used up.
   *
   * @param clipping what the gradient is multiplied with
   */
  void update(Recipe recipe, StepSettings settings, double clipping) {
    if (recipe.fusible()) {
      follow(recipe, settings);
    } else {
      float[] rounded = new float[gradient.length];
      for (int i = 0; i < rounded.length; i++) {
        rounded[i] = (float) (clipping * gradient[i]);
      }
      recipe
          .optimizer()
          .update(value, slots, rounded, value.length, settings.move(recipe, shape.role()));
    }
    Arrays.fill(gradient, 0);
  }

  /** {@code v = momentum v + g + decay w; w = w - rate v}. */
  private void follow(Recipe recipe, StepSettings settings) {
    double decay = settings.move(recipe, shape.role()).decay();
    boolean kept = settings.momentum() != 0;
    for (int i = 0; i < value.length; i++) {
      double v = gradient[i] + decay * value[i];
      if (kept) {
        /* Without momentum the velocity is not kept. */
        v = settings.momentum() * slots.get(0)[i] + gradient[i] + decay * value[i];
        slots.get(0)[i] = (float) v;
      }
      value[i] = (float) (value[i] - settings.learningRate() * v);
    }
  }
}
