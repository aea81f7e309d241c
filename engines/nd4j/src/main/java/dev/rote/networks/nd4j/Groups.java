package dev.rote.networks.nd4j;

import dev.rote.blueprint.Normalization;
import java.util.Arrays;

/**
 * Values standardised by groups, one group after the other, and derivatives along a direction, in
 * float64: {@code x̂ = r (x - mean)}, {@code r = 1 / sqrt(variance + eps)}. With {@code P(v) = r (v
 * - mean(v) - x̂ mean(x̂ v))}, and {@code r v} where statistics are constants, {@code R{x̂} =
 * P(ẋ)}.
 */
final class Groups {
  private final int length;
  private final boolean constant;
  private final double[] normal;
  private final double[] normalDot;
  private final double[] inverse;
  private final double[] shrinks;

  /**
   * @param length values of a group
   * @param constant whether statistics are given, and stay what they are along a direction
   */
  Groups(int groups, int length, boolean constant) {
    this.length = length;
    this.constant = constant;
    this.normal = new double[groups * length];
    this.normalDot = new double[groups * length];
    this.inverse = new double[groups];
    this.shrinks = new double[groups];
  }

  /** x̂ */
  double[] normal() {
    return normal;
  }

  /** R{x̂} of the direction that was taken last. */
  double[] normalDot() {
    return normalDot;
  }

  private double mean(double[] v, int at) {
    return Arrays.stream(v, at, at + length).sum() / length;
  }

  private double mean(double[] v, double[] w, int at) {
    double sum = 0;
    for (int j = at; j < at + length; j++) {
      sum += v[j] * w[j];
    }
    return sum / length;
  }

  /** Standardises by the groups' own statistics. */
  void standardize(double[] x) {
    System.arraycopy(x, 0, normal, 0, normal.length);
    for (int i = 0; i < inverse.length; i++) {
      center(i, mean(normal, i * length));
      scale(i, mean(normal, normal, i * length));
    }
  }

  /** Standardises by statistics of each group. */
  void standardize(double[] x, double[] mean, double[] variance) {
    System.arraycopy(x, 0, normal, 0, normal.length);
    for (int i = 0; i < inverse.length; i++) {
      center(i, mean[i]);
      scale(i, variance[i]);
    }
  }

  private void center(int group, double mean) {
    for (int j = group * length; j < (group + 1) * length; j++) {
      normal[j] -= mean;
    }
  }

  private void scale(int group, double variance) {
    inverse[group] = 1 / Math.sqrt(variance + Normalization.EPSILON);
    for (int j = group * length; j < (group + 1) * length; j++) {
      normal[j] *= inverse[group];
    }
  }

  /** Turns v into P(v). */
  void project(double[] v) {
    for (int i = 0; i < inverse.length; i++) {
      int at = i * length;
      double mean = constant ? 0 : mean(v, at);
      double along = constant ? 0 : mean(normal, v, at);
      for (int j = at; j < at + length; j++) {
        v[j] = inverse[i] * (v[j] - mean - normal[j] * along);
      }
    }
  }

  /** Takes the direction ẋ. */
  void follow(double[] dot) {
    System.arraycopy(dot, 0, normalDot, 0, dot.length);
    for (int i = 0; i < shrinks.length; i++) {
      shrinks[i] = -inverse[i] * mean(normal, dot, i * length);
    }
    project(normalDot);
  }

  /**
   * Adds what P(a) changes by along the direction while a stays: {@code -r (R{x̂} mean(x̂ a) + x̂
   * mean(R{x̂} a)) - r mean(x̂ ẋ) P(a)}.
   */
  void addTurn(double[] a, double[] to) {
    if (constant) {
      return;
    }
    double[] projected = a.clone();
    project(projected);
    for (int i = 0; i < inverse.length; i++) {
      int at = i * length;
      double ofNormal = mean(normal, a, at);
      double ofDot = mean(normalDot, a, at);
      for (int j = at; j < at + length; j++) {
        to[j] += shrinks[i] * projected[j];
        to[j] -= inverse[i] * (normalDot[j] * ofNormal + normal[j] * ofDot);
      }
    }
  }
}
