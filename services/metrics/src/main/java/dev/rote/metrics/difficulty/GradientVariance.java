package dev.rote.metrics.difficulty;

/**
 * Variance of gradients of a block of examples (Agarwal, D'souza and Hooker, CVPR 2022): over
 * checkpoints t, with S_t the gradient of an example's logit by each pixel,
 *
 * <p>{@code μ = (1/T) Σ_t S_t} (equation 1), {@code VoG_p = sqrt((1/T) Σ_t (S_t - μ)²)} (2), {@code
 * VoG = (1/P) Σ_p VoG_p} over the P pixels (3).
 *
 * <p>Of an image in colour, S_t is the mean of its channels, as in the authors' code. Means and
 * squares are updated one checkpoint after the other, in float64 (Welford 1962), so that memory
 * does not grow with checkpoints.
 */
final class GradientVariance {
  /* Far below that of float32, which gradients have. */
  private static final double ROUNDING = 1e-12;

  private final int channels;
  private final int pixels;
  private final double[] means;
  private final double[] squares;
  private final int[] seen;

  /**
   * @param examples of the block, n
   * @param pixels P of a channel
   */
  GradientVariance(int examples, int channels, int pixels) {
    this.channels = channels;
    this.pixels = pixels;
    this.means = new double[examples * pixels];
    this.squares = new double[examples * pixels];
    this.seen = new int[examples];
  }

  /** Bytes that an example takes. */
  static long bytes(int pixels) {
    return 2L * Double.BYTES * pixels;
  }

  /**
   * Takes the next checkpoint's gradients of an example.
   *
   * @param gradients float32[channels, P] from {@code offset} on
   */
  void add(int example, float[] gradients, int offset) {
    int count = ++seen[example];
    for (int p = 0; p < pixels; p++) {
      double sum = 0;
      for (int c = 0; c < channels; c++) {
        sum += gradients[offset + c * pixels + p];
      }
      int at = example * pixels + p;
      double from = sum / channels - means[at];
      means[at] += from / count;
      squares[at] += from * (sum / channels - means[at]);
    }
  }

  /** VoG of an example; NaN unless it has seen two checkpoints. */
  double of(int example) {
    if (seen[example] < 2) {
      return Double.NaN;
    }
    double sum = 0;
    for (int at = example * pixels; at < (example + 1) * pixels; at++) {
      sum += Math.sqrt(squares[at] / seen[example]);
    }
    return sum / pixels;
  }

  /**
   * Of each value, how many deviations of its class it lies above the mean of its class: {@code (v
   * - mean) / deviation}, the deviation with 1/N as in the authors' code. NaN where a class has one
   * value alone, or equal ones up to rounding.
   *
   * @param labels the class of each value, in [0, classes)
   */
  static double[] normalised(double[] values, int[] labels, int classes) {
    double[] mean = new double[classes];
    double[] deviation = new double[classes];
    int[] count = new int[classes];
    for (int i = 0; i < values.length; i++) {
      count[labels[i]]++;
      mean[labels[i]] += values[i];
    }
    for (int k = 0; k < classes; k++) {
      mean[k] /= count[k];
    }
    for (int i = 0; i < values.length; i++) {
      deviation[labels[i]] += Math.pow(values[i] - mean[labels[i]], 2);
    }
    double[] normalised = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int k = labels[i];
      double spread = Math.sqrt(deviation[k] / count[k]);
      boolean differs = spread > ROUNDING * Math.abs(mean[k]);
      normalised[i] = differs ? (values[i] - mean[k]) / spread : Double.NaN;
    }
    return normalised;
  }
}
