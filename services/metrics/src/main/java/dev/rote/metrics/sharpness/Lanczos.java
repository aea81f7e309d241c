package dev.rote.metrics.sharpness;

import dev.rote.random.CounterRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * The algebraically largest eigenvalue of a symmetric matrix by Lanczos iterations with full
 * re-orthogonalisation, restarted from the best vector found whenever the basis is full (Lanczos
 * 1950; Saad, "Numerical Methods for Large Eigenvalue Problems", algorithms 6.5 and 6.6): {@code A
 * Q = Q T + β q eᵀ}, and for the largest eigenpair (θ, s) of the tridiagonal T the vector Q s has
 * the residual β |s_last|.
 *
 * <p>The basis is float32[m, P] of at most 64 MiB, so large networks restart often; inner products
 * are summed in float64. Each cycle begins with the product of its first vector alone, whose
 * residual decides: what is reported is measured, not estimated.
 */
final class Lanczos {
  private static final long BASIS_BYTES = 64L << 20;
  private static final int LARGEST_BASIS = 100;

  private final SymmetricOperator matrix;
  private final int cap;
  private final double tolerance;
  private final int capacity;
  private final float[] product;
  private final List<float[]> basis = new ArrayList<>();
  private int products;

  /**
   * @param cap most products, at least 1
   * @param tolerance of the residual, relative to the eigenvalue
   */
  Lanczos(SymmetricOperator matrix, int cap, double tolerance) {
    this.matrix = matrix;
    this.cap = cap;
    this.tolerance = tolerance;
    long fitting = BASIS_BYTES / Float.BYTES / matrix.size();
    this.capacity = (int) Math.min(Math.max(3, Math.min(fitting, LARGEST_BASIS)), matrix.size());
    this.product = new float[matrix.size()];
  }

  /**
   * Searches.
   *
   * @param seed of the first vector: Gaussian, stream {@code "lanczos"}
   * @return value NaN when a product is not finite
   */
  Eigenpair largest(long seed) {
    float[] v = new float[matrix.size()];
    CounterRandom.of(seed, "lanczos").fillGaussian(v, 0, v.length, 0, 0, 1, 0);
    scale(v, 1 / norm(v));
    while (true) {
      multiply(v);
      double value = dot(v, product);
      double residual = residual(v, value);
      if (!Double.isFinite(residual)) {
        return new Eigenpair(Double.NaN, Double.NaN, products, false);
      }
      boolean converged = residual <= tolerance * Math.abs(value);
      if (converged || products == cap) {
        return new Eigenpair(value, residual, products, converged);
      }
      v = cycle(v);
    }
  }

  /** Grows a basis from a unit vector whose product is there; returns the best vector in it. */
  private float[] cycle(float[] first) {
    basis.clear();
    basis.add(first);
    Tridiagonal projected = new Tridiagonal(capacity);
    while (true) {
      float[] newest = basis.get(basis.size() - 1);
      double onDiagonal = dot(newest, product);
      orthogonalise();
      double beside = norm(product);
      projected.add(onDiagonal, beside);
      double[] s = projected.eigenvector();
      double estimate = beside * Math.abs(s[s.length - 1]);
      boolean good = estimate <= tolerance / 2 * Math.abs(projected.largestEigenvalue());
      boolean full = basis.size() == capacity || products >= cap - 1;
      if (good || full || !(beside > 0) || !Double.isFinite(beside)) {
        return combine(s);
      }
      float[] next = product.clone();
      scale(next, 1 / beside);
      basis.add(next);
      multiply(next);
    }
  }

  private void multiply(float[] v) {
    matrix.multiply(v, product);
    products++;
  }

  /** Removes from the product what lies in the basis; twice, which is enough in floating point. */
  private void orthogonalise() {
    for (int round = 0; round < 2; round++) {
      for (float[] q : basis) {
        add(-dot(q, product), q, product);
      }
    }
  }

  private float[] combine(double[] s) {
    float[] v = new float[matrix.size()];
    for (int i = 0; i < s.length; i++) {
      add(s[i], basis.get(i), v);
    }
    scale(v, 1 / norm(v));
    return v;
  }

  private double residual(float[] v, double value) {
    double sum = 0;
    for (int i = 0; i < v.length; i++) {
      double difference = product[i] - value * v[i];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static double norm(float[] a) {
    return Math.sqrt(dot(a, a));
  }

  /** y = y + factor x */
  private static void add(double factor, float[] x, float[] y) {
    for (int i = 0; i < x.length; i++) {
      y[i] += (float) (factor * x[i]);
    }
  }

  private static void scale(float[] x, double factor) {
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (factor * x[i]);
    }
  }
}
