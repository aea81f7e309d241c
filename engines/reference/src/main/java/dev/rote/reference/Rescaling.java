package dev.rote.reference;

import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * What follows a {@link Standardization} x̂: {@code y = scale x̂ + shift}, with one entry of scale
 * and shift for each value.
 *
 * @param index which entry a value has
 */
record Rescaling(Parameter scale, Parameter shift, IntUnaryOperator index) {

  /** {@code scale v} */
  double[] scaled(double[] v) {
    double[] scaled = new double[v.length];
    for (int i = 0; i < v.length; i++) {
      scaled[i] = scale.value()[index.applyAsInt(i)] * v[i];
    }
    return scaled;
  }

  /** ṡ of an entry, 0 where the scale is not trained. */
  private double scaleDot(List<double[]> along, int entry) {
    return scale.trained() ? along.get(0)[entry] : 0;
  }

  /** {@code ẏ = scale P(ẋ) + ṡ x̂ + ḃ}, along (ṡ, ḃ). */
  double[] tangent(Standardization standard, double[] dot, List<double[]> along) {
    double[] shiftDot = along.get(along.size() - 1);
    double[] tangent = scaled(standard.project(dot));
    for (int i = 0; i < tangent.length; i++) {
      int entry = index.applyAsInt(i);
      tangent[i] += scaleDot(along, entry) * standard.normal()[i] + shiftDot[entry];
    }
    return tangent;
  }

  /**
   * With {@code a = scale dy}, {@code ȧ = ṡ dy + scale dẏ} and {@code ẑ = P(ẋ)}: {@code R{dx} =
   * P(ȧ)} and what P(a) turns by, which is nothing where statistics are constants.
   */
  double[] curve(
      Standardization standard,
      double[] dyDot,
      double[] dy,
      double[] dot,
      List<double[]> along,
      List<double[]> products) {
    double[] shiftProduct = products.get(products.size() - 1);
    double[] normalDot = standard.project(dot);
    double[] aDot = scaled(dyDot);
    for (int i = 0; i < dy.length; i++) {
      int entry = index.applyAsInt(i);
      aDot[i] += scaleDot(along, entry) * dy[i];
      if (scale.trained()) {
        products.get(0)[entry] += dyDot[i] * standard.normal()[i] + dy[i] * normalDot[i];
      }
      shiftProduct[entry] += dyDot[i];
    }
    double[] below = standard.project(aDot);
    double[] turned = standard.turn(scaled(dy), dot, normalDot);
    for (int i = 0; i < below.length; i++) {
      below[i] += turned[i];
    }
    return below;
  }
}
