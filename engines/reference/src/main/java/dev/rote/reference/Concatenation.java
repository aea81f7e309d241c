package dev.rote.reference;

import dev.rote.networks.StepSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Inputs one after the other, example by example: channels come before pixels. */
final class Concatenation implements Layer {
  private final int[] lengths;
  private final int length;

  /**
   * @param lengths values of an example of each input
   */
  Concatenation(List<Integer> lengths) {
    this.lengths = lengths.stream().mapToInt(Integer::intValue).toArray();
    this.length = lengths.stream().mapToInt(Integer::intValue).sum();
  }

  private double[] joined(double[][] x, int n) {
    double[] y = new double[n * length];
    int to = 0;
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < lengths.length; k++) {
        System.arraycopy(x[k], i * lengths[k], y, to, lengths[k]);
        to += lengths[k];
      }
    }
    return y;
  }

  @Override
  public double[] forward(double[][] x, int n, @Nullable StepSettings settings) {
    return joined(x, n);
  }

  @Override
  public double[][] backward(double[] dy, int n) {
    double[][] dx = new double[lengths.length][];
    int first = 0;
    for (int k = 0; k < lengths.length; k++) {
      dx[k] = new double[n * lengths[k]];
      for (int i = 0; i < n; i++) {
        System.arraycopy(dy, i * length + first, dx[k], i * lengths[k], lengths[k]);
      }
      first += lengths[k];
    }
    return dx;
  }

  @Override
  public double[] tangent(double[][] dots, List<double[]> along, int n) {
    return joined(dots, n);
  }

  @Override
  public double[][] curve(
      double[] dyDot,
      double[] dy,
      double[][] dots,
      List<double[]> along,
      List<double[]> products,
      int n) {
    return backward(dyDot, n);
  }
}
