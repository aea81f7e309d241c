package dev.rote.networks.nd4j;

import dev.rote.blueprint.Node;
import dev.rote.blueprint.ParameterShape;
import dev.rote.networks.StepSettings;
import dev.rote.recipes.Recipe;
import dev.rote.recipes.Slot;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A named array of a network's state and, once they are needed, what the optimiser keeps of it and
 * its gradient.
 *
 * <p>Plain SGD updates as soon as there is a gradient: {@code v = momentum v + g + decay w; w = w -
 * rate v}. For other recipes gradients are gathered, and {@link GatheredStep} moves the values.
 */
final class Parameter {
  private final ParameterShape shape;
  private final Arena arena;
  private final INDArray value;
  private final Map<Slot, INDArray> slots = new EnumMap<>(Slot.class);
  private Recipe recipe = Recipe.SGD;
  private @Nullable INDArray gradient;
  private @Nullable INDArray gathered;

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

  /** Says how it is trained; before the first step. */
  void train(Recipe by) {
    recipe = by;
  }

  /** What an optimiser keeps, made on the first call. */
  INDArray slot(Slot slot) {
    return slots.computeIfAbsent(slot, absent -> arena.zeros(sizes()));
  }

  /** The velocity. */
  INDArray momentum() {
    return slot(Slot.VELOCITY);
  }

  boolean has(Slot slot) {
    return slots.containsKey(slot);
  }

  /** Whether gradients are wanted as they are, and updates come after the backward pass. */
  boolean gathers() {
    return !recipe.fusible();
  }

  /** Where a product may write the gradient, where gradients are gathered. */
  INDArray gradient() {
    if (gradient == null) {
      gradient = arena.zeros(sizes());
      gathered = gradient;
    }
    return gradient;
  }

  /** The gradient of the last backward pass. */
  INDArray gathered() {
    return Objects.requireNonNull(gathered, shape.name());
  }

  private double decay(StepSettings settings) {
    return settings.move(recipe, shape.role()).decay();
  }

  /** Overwrites the value and puts the momentum to zero. */
  void restart(float[] values) {
    Arena.copyIn(values, 0, values.length, value);
    slots.values().forEach(slot -> slot.assign(0));
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

  /** One update by a gradient, or its gathering: it must last until the step is done. */
  void update(INDArray gradient, StepSettings settings) {
    if (gathers()) {
      gathered = gradient;
      return;
    }
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
