package dev.rote.networks.nd4j;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Largest values in W windows of K places each, y float32[K, W], after an affine map and ReLU:
 * {@code max(0, max_k (slope y_k + offset))}, which is {@code max(0, slope y* + offset)} with the
 * largest y, or the smallest if the slope is negative.
 */
final class WindowMaximum {
  /*
   * Loops without branches and with the same index into all arrays: the JIT compiler of Java 17
   * makes vectors of no others.
   */

  /** Twice this makes any float but 0 at least 1. */
  private static final float HUGE = 1e38f;

  private final int width;
  private final float[][] y;
  private final float[] best;
  private final float[] found;
  private final float[] gradient;

  WindowMaximum(int places, int width) {
    this.width = width;
    this.y = new float[places][width];
    this.best = new float[width];
    this.found = new float[width];
    this.gradient = new float[width];
  }

  /** W. */
  int width() {
    return width;
  }

  /** Reads y. */
  void read(FloatBuffer from, int at) {
    for (int k = 0; k < y.length; k++) {
      from.get(at + k * width, y[k], 0, width);
    }
  }

  /** Writes y. */
  void write(FloatBuffer to, int at) {
    for (int k = 0; k < y.length; k++) {
      to.put(at + k * width, y[k], 0, width);
    }
  }

  /** Writes the y* of all windows to {@code out[at … at + W)}. */
  void best(boolean smallest, float[] out, int at) {
    System.arraycopy(y[0], 0, best, 0, width);
    for (int k = 1; k < y.length; k++) {
      if (smallest) {
        smaller(y[k], best);
      } else {
        larger(y[k], best);
      }
    }
    System.arraycopy(best, 0, out, at, width);
  }

  private static void larger(float[] y, float[] best) {
    for (int w = 0; w < best.length; w++) {
      best[w] = Math.max(best[w], y[w]);
    }
  }

  private static void smaller(float[] y, float[] best) {
    for (int w = 0; w < best.length; w++) {
      best[w] = Math.min(best[w], y[w]);
    }
  }

  /** Writes also at which place each y* is, the first of equal ones. */
  void find(boolean smallest, float[] out, float[] places, int at) {
    System.arraycopy(y[0], 0, best, 0, width);
    Arrays.fill(found, 0);
    for (int k = 1; k < y.length; k++) {
      if (smallest) {
        findSmaller(y[k], k, best, found);
      } else {
        findLarger(y[k], k, best, found);
      }
    }
    System.arraycopy(best, 0, out, at, width);
    System.arraycopy(found, 0, places, at, width);
  }

  private static void findLarger(float[] y, float k, float[] best, float[] found) {
    for (int w = 0; w < best.length; w++) {
      float larger = Math.max(best[w], y[w]);
      float differs = Math.min(1, (larger - best[w]) * HUGE * HUGE);
      found[w] += (k - found[w]) * differs;
      best[w] = larger;
    }
  }

  private static void findSmaller(float[] y, float k, float[] best, float[] found) {
    for (int w = 0; w < best.length; w++) {
      float smaller = Math.min(best[w], y[w]);
      float differs = Math.min(1, (best[w] - smaller) * HUGE * HUGE);
      found[w] += (k - found[w]) * differs;
      best[w] = smaller;
    }
  }

  /** Turns y* into maxima, in place: {@code max(0, slope (y* - mean) + shift)}. */
  static void activate(float[] values, int from, int to, float mean, float slope, float shift) {
    for (int w = from; w < to; w++) {
      values[w] = Math.max(0, slope * (values[w] - mean) + shift);
    }
  }

  /** Turns gradients of maxima into those before ReLU, in place. */
  static void keepPositive(float[] gradients, float[] maxima) {
    for (int w = 0; w < gradients.length; w++) {
      gradients[w] *= Math.min(1, maxima[w] * HUGE * HUGE);
    }
  }

  /** Sets y to {@code slope g} at the place of each window and to 0 elsewhere. */
  void spread(float[] gradients, float[] places, int at, float slope) {
    System.arraycopy(gradients, at, gradient, 0, width);
    System.arraycopy(places, at, found, 0, width);
    for (int k = 0; k < y.length; k++) {
      spread(gradient, found, k, slope, y[k]);
    }
  }

  /** Adds gradients at the places of the maxima to those that every y has from the batch. */
  void differentiate(float[] gradients, float[] places, int at, BatchNormStep.InputGradient of) {
    System.arraycopy(gradients, at, gradient, 0, width);
    System.arraycopy(places, at, found, 0, width);
    for (int k = 0; k < y.length; k++) {
      differentiate(gradient, found, k, of, y[k]);
    }
  }

  private static void differentiate(
      float[] g, float[] found, float k, BatchNormStep.InputGradient of, float[] y) {
    float slope = of.slope();
    float mean = of.mean();
    float centeredSlope = of.centeredSlope();
    float offset = of.offset();
    for (int w = 0; w < y.length; w++) {
      float own = slope * g[w] * (1 - Math.min(1, Math.abs(found[w] - k)));
      y[w] = own + (centeredSlope * (y[w] - mean) + offset);
    }
  }

  /** Sum of all y. */
  double sum() {
    Arrays.fill(best, 0);
    for (float[] place : y) {
      add(place, best);
    }
    return total(best);
  }

  private static void add(float[] y, float[] sums) {
    for (int w = 0; w < sums.length; w++) {
      sums[w] += y[w];
    }
  }

  /** Sum of {@code (y - mean)^2}. */
  double squares(float mean) {
    Arrays.fill(best, 0);
    for (float[] place : y) {
      addSquares(place, mean, best);
    }
    return total(best);
  }

  private static void addSquares(float[] y, float mean, float[] sums) {
    for (int w = 0; w < sums.length; w++) {
      float centered = y[w] - mean;
      sums[w] += centered * centered;
    }
  }

  private static double total(float[] sums) {
    double total = 0;
    for (float sum : sums) {
      total += sum;
    }
    return total;
  }

  private static void spread(float[] g, float[] found, float k, float slope, float[] out) {
    for (int w = 0; w < out.length; w++) {
      out[w] = slope * g[w] * (1 - Math.min(1, Math.abs(found[w] - k)));
    }
  }
}
