package dev.rote.cuda;

import dev.rote.blueprint.ParameterShape;
import java.util.function.IntUnaryOperator;
import org.bytedeco.javacpp.FloatPointer;

/**
 * A named array of a network's state on the card, and its momentum.
 *
 * <p>Update: {@code v = momentum v + g + decay w; w = w - rate v}.
 */
final class Parameter {
  private final ParameterShape shape;
  private final int length;
  private final IntUnaryOperator order;
  private FloatPointer value = new FloatPointer();
  private FloatPointer momentum = new FloatPointer();

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

  void allocate(DeviceMemory memory) {
    value = memory.floats(length);
    momentum = memory.floats(trained() ? length : 0);
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

  FloatPointer momentum() {
    return momentum;
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

  /** One update of biases by the sums of the columns of dz [rows, columns]. */
  void updateBySums(Pass pass, FloatPointer dz, int rows, int columns) {
    pass.kernel("updateBiases")
        .with(dz)
        .with(rows)
        .with(columns)
        .with(value)
        .with(momentum)
        .with(pass.settings().all())
        .overColumns(columns, 1);
  }

  /** One update of weights: without momentum the product itself writes it. */
  void update(Pass pass, Gradient gradient) {
    Settings settings = pass.settings();
    if (!pass.momentum()) {
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
