package dev.rote.reference;

import dev.rote.blueprint.Normalization;
import java.util.function.IntUnaryOperator;

/**
 * Values less their group's mean over its deviation: {@code x̂ = r (x - mean)}, {@code r = 1 /
 * sqrt(variance + eps)}, with the (biased) statistics of the group itself or with constants. The
 * derivative of x̂ along v is
 *
 * <pre>{@code P(v) = r (v - mean(v) - x̂ mean(x̂ v)), and r v where statistics are constants.}
 * </pre>
 */
final class Standardization {
  private final int groups;
  private final IntUnaryOperator group;
  private final boolean constant;
  private final double[] mean;
  private final double[] normal;
  private final double[] inverse;

  /** Of the values' own statistics. */
  Standardization(double[] x, int groups, IntUnaryOperator group) {
    this.groups = groups;
    this.group = group;
    this.constant = false;
    this.mean = means(x);
    this.normal = centered(x);
    this.inverse = inverse(means(normal, normal));
  }

  /** Of statistics that are constants. */
  Standardization(
      double[] x, double[] mean, double[] variance, int groups, IntUnaryOperator group) {
    this.groups = groups;
    this.group = group;
    this.constant = true;
    this.mean = mean;
    this.normal = centered(x);
    this.inverse = inverse(variance);
  }

  private double[] centered(double[] x) {
    double[] centered = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      centered[i] = x[i] - mean[group.applyAsInt(i)];
    }
    return centered;
  }

  /** Takes r, and x̂ from what is centered. */
  private double[] inverse(double[] variance) {
    double[] inverse = new double[groups];
    for (int g = 0; g < groups; g++) {
      inverse[g] = 1 / Math.sqrt(variance[g] + Normalization.EPSILON);
    }
    for (int i = 0; i < normal.length; i++) {
      normal[i] *= inverse[group.applyAsInt(i)];
    }
    return inverse;
  }

  /** x̂, not to be changed. */
  double[] normal() {
    return normal;
  }

  private double[] means(double[] v) {
    double[] sums = new double[groups];
    for (int i = 0; i < v.length; i++) {
      sums[group.applyAsInt(i)] += v[i];
    }
    return perValue(sums, v.length);
  }

  private double[] means(double[] v, double[] w) {
    double[] sums = new double[groups];
    for (int i = 0; i < v.length; i++) {
      sums[group.applyAsInt(i)] += v[i] * w[i];
    }
    return perValue(sums, v.length);
  }

  private double[] perValue(double[] sums, int values) {
    for (int g = 0; g < groups; g++) {
      sums[g] /= (double) values / groups;
    }
    return sums;
  }

  /** P(v). */
  double[] project(double[] v) {
    double[] means = means(v);
    double[] along = means(normal, v);
    double[] projected = new double[v.length];
    for (int i = 0; i < v.length; i++) {
      int g = group.applyAsInt(i);
      double rest = constant ? v[i] : v[i] - means[g] - normal[i] * along[g];
      projected[i] = inverse[g] * rest;
    }
    return projected;
  }

  /**
   * What P(a) changes by along ẋ while a stays: with {@code ẑ = P(ẋ)} and {@code ṙ = -r² mean(x̂
   * ẋ)}, {@code ṙ/r P(a) - r (ẑ mean(x̂ a) + x̂ mean(ẑ a))}; nothing where statistics are
   * constants.
   *
   * @param normalDot ẑ
   */
  double[] turn(double[] a, double[] dot, double[] normalDot) {
    double[] turned = new double[a.length];
    if (constant) {
      return turned;
    }
    double[] projected = project(a);
    double[] ofNormal = means(normal, a);
    double[] ofDot = means(normalDot, a);
    double[] shrinks = means(normal, dot);
    for (int i = 0; i < a.length; i++) {
      int g = group.applyAsInt(i);
      turned[i] =
          -inverse[g]
              * (shrinks[g] * projected[i] + normalDot[i] * ofNormal[g] + normal[i] * ofDot[g]);
    }
    return turned;
  }
}
