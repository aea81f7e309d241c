package dev.rote.recipes;

import dev.rote.v1.LossSpec;

/**
 * The loss of one example as a function ℓ of its K logits z and its label y. Everything is float64
 * and by {@code StrictMath}, so that bits do not depend on what the JIT compiler has done.
 * Stateless.
 */
public sealed interface Loss permits CrossEntropy, SquaredError, ShiftedLogLoss {

  /**
   * ℓ and its gradient.
   *
   * @param z not finite: so is the result
   * @param gradient float64[K], ∂ℓ/∂z, written
   * @return ℓ
   */
  double differentiate(double[] z, int label, double[] gradient);

  /**
   * The derivative of the gradient where z moves along ż.
   *
   * @param curved float64[K], ∂²ℓ/∂z² ż, written
   */
  void curve(double[] z, int label, double[] tangent, double[] curved);

  /** The loss of a trial's specification. */
  static Loss of(LossSpec spec) {
    return switch (spec.getKindCase()) {
      case KIND_NOT_SET -> CrossEntropy.PLAIN;
      case CROSS_ENTROPY -> new CrossEntropy(spec.getCrossEntropy().getLabelSmoothing());
      case SQUARED_ERROR ->
          new SquaredError(spec.getSquaredError().getOf() != LossSpec.SquaredError.Of.LOGITS);
      case SHIFTED_LOG -> new ShiftedLogLoss();
    };
  }

  /** ℓ alone. */
  default double of(double[] z, int label) {
    return differentiate(z, label, new double[z.length]);
  }
}
