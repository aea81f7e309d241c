package dev.rote.cuda;

import dev.rote.blueprint.ParameterShape;
import dev.rote.recipes.Recipe;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * A named array of a network's state on the card, and what the optimiser keeps of it.
 *
 * <p>Plain SGD updates as soon as there is a gradient: {@code v = momentum v + g + decay w; w = w -
 * rate v}. For other recipes the gradient is gathered, and {@link GatheredStep} moves the value.
 */
final class Parameter {
  private final ParameterShape shape;
  private final int length;
  private final IntUnaryOperator order;
  private FloatPointer value = new FloatPointer();
  private List<FloatPointer> slots = List.of();
  private @Nullable FloatPointer gathered;

  /**
   * @param order where value i on the card lies in a checkpoint
   */
  Parameter(ParameterShape shape, IntUnaryOperator order) {
    this.shape = shape;
    this.length = shape.length();
    this.order = order;
  }

  Parameter(ParameterShape shape) {
    this(shape, IntUnaryOperator.identity());
  }

  /**
   * Takes memory.
   *
   * @param recipe how it is trained
   */
  void allocate(DeviceMemory memory, Recipe recipe) {
    value = memory.floats(length);
    if (trained()) {
      slots = recipe.optimizer().slots().stream().map(slot -> memory.floats(length)).toList();
      gathered = GatheredStep.gathers(recipe) ? memory.floats(length) : null;
    }
  }

  ParameterShape shape() {
    return shape;
  }

  int length() {
    return length;
  }

  boolean trained() {
    return shape.role().trained();
  }

  FloatPointer value() {
    return value;
  }

  /** What the optimiser keeps, in the order of its slots. */
  List<FloatPointer> slots() {
    return slots;
  }

  /** The first that it keeps, the velocity of SGD, if there is one. */
  @Nullable FloatPointer momentum() {
    return slots.isEmpty() ? null : slots.get(0);
  }

  /** Where the gradient goes, if gradients are gathered. */
  @Nullable FloatPointer gathered() {
    return gathered;
  }

  /** From the order of checkpoints to that of the card. */
  float[] toCard(float[] values) {
    float[] ordered = new float[length];
    for (int i = 0; i < length; i++) {
      ordered[i] = values[order.applyAsInt(i)];
    }
    return ordered;
  }

  /** From the order of the card to that of checkpoints. */
  void toCheckpoint(float[] ordered, float[] out) {
    for (int i = 0; i < length; i++) {
      out[order.applyAsInt(i)] = ordered[i];
    }
  }

  /** A product that yields this parameter's gradient. */
  interface Gradient {
    /** Runs {@code result = alpha gradient + beta result}. */
    void into(FloatPointer result, FloatPointer alpha, FloatPointer beta);
  }

  /** One update of biases by the sums of the columns of dz [rows, columns], or its gathering. */
  void updateBySums(Pass pass, FloatPointer dz, int rows, int columns) {
    pass.kernel("updateBiases")
        .with(dz)
        .with(rows)
        .with(columns)
        .with(value)
        .with(momentum())
        .with(gathered)
        .with(pass.settings().all())
        .overColumns(columns, 1);
  }

  /**
   * One update of weights, or the gathering of their gradient: without momentum the product itself
   * writes it.
   */
  void update(Pass pass, Gradient gradient) {
    Settings settings = pass.settings();
    if (gathered != null) {
      gradient.into(gathered, settings.one(), settings.zero());
      return;
    }
    FloatPointer momentum = momentum();
    if (!pass.momentum() || momentum == null) {
      gradient.into(value, settings.minusRate(), settings.kept());
      return;
    }
    gradient.into(momentum, settings.one(), settings.momentum());
    pass.kernel("followMomentum")
        .with(value)
        .with(momentum)
        .with(length)
        .with(settings.all())
        .overElements(length);
  }
}
