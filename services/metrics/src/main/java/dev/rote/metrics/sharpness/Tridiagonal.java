package dev.rote.metrics.sharpness;

import java.util.Arrays;

/** A symmetric tridiagonal matrix that grows by a row and a column at a time. */
final class Tridiagonal {
  private final double[] diagonal;
  private final double[] beside;
  private int size;

  Tridiagonal(int capacity) {
    this.diagonal = new double[capacity];
    this.beside = new double[capacity];
  }

  int size() {
    return size;
  }

  /**
   * Adds a row.
   *
   * @param onDiagonal finite
   * @param besideNext entry beside the next diagonal one
   */
  void add(double onDiagonal, double besideNext) {
    diagonal[size] = onDiagonal;
    beside[size] = besideNext;
    size++;
  }

  /**
   * The largest eigenvalue, by bisection between the largest diagonal entry and Gershgorin's bound:
   * σ is above it exactly when {@code σI - T} has a Cholesky factor.
   */
  double largestEigenvalue() {
    double low = Double.NEGATIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      double radius =
          (i > 0 ? Math.abs(beside[i - 1]) : 0) + (i + 1 < size ? Math.abs(beside[i]) : 0);
      low = Math.max(low, diagonal[i]);
      high = Math.max(high, diagonal[i] + radius);
    }
    double[] pivots = new double[size];
    for (double middle = (low + high) / 2; low < middle && middle < high; ) {
      if (factor(middle, pivots)) {
        high = middle;
      } else {
        low = middle;
      }
      middle = (low + high) / 2;
    }
    return high;
  }

  /** Pivots of the factor {@code L D Lᵀ} of {@code σI - T}; false when one is not positive. */
  private boolean factor(double sigma, double[] pivots) {
    for (int i = 0; i < size; i++) {
      pivots[i] = sigma - diagonal[i];
      if (i > 0) {
        pivots[i] -= beside[i - 1] * beside[i - 1] / pivots[i - 1];
      }
      if (!(pivots[i] > 0)) {
        return false;
      }
    }
    return true;
  }

  /** A unit eigenvector of the largest eigenvalue, by inverse iteration just above it. */
  double[] eigenvector() {
    double value = largestEigenvalue();
    double[] pivots = new double[size];
    double above = Math.max(1e-14 * Math.abs(value), 1e-100);
    while (!factor(value + above, pivots)) {
      above *= 2;
    }
    double[] vector = new double[size];
    Arrays.fill(vector, 1 / Math.sqrt(size));
    for (int round = 0; round < 4; round++) {
      solve(pivots, vector);
    }
    return vector;
  }

  /**
   * Overwrites x with the unit vector along {@code (L D Lᵀ)⁻¹ x}, L being {@code -beside/pivot}.
   */
  private void solve(double[] pivots, double[] x) {
    for (int i = 1; i < size; i++) {
      x[i] += beside[i - 1] / pivots[i - 1] * x[i - 1];
    }
    double sum = 0;
    for (int i = size - 1; i >= 0; i--) {
      x[i] = (x[i] + (i + 1 < size ? beside[i] * x[i + 1] : 0)) / pivots[i];
      sum += x[i] * x[i];
    }
    double length = Math.sqrt(sum);
    for (int i = 0; i < size; i++) {
      x[i] /= length;
    }
  }
}
