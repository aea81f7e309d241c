package dev.rote.metrics.sharpness;

/** A symmetric matrix, float32[P, P], known by its products alone. */
interface SymmetricOperator {

  /** P. */
  int size();

  /** Writes {@code out = A v}; may not keep the arrays. */
  void multiply(float[] v, float[] out);
}
