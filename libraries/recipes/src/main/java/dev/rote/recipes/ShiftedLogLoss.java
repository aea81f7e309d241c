package dev.rote.recipes;

/**
 * The loss that the code behind Figures 3 and 4 of Arpit et al. 2017 trains on: the mean over the
 * classes of {@code -log(0.1 + p_k) onehot_k}, so {@code ℓ = -1/K log(0.1 + p_y)}, p the softmax of
 * the logits. It is bounded: an example that is wholly wrong costs {@code log(10) / K}. Differs
 * from the paper, whose text names cross-entropy: that is what this class is for.
 */
public record ShiftedLogLoss() implements Loss {
  /** What is added to a probability. */
  static final double SHIFT = 0.1;

  @Override
  public double differentiate(double[] z, int label, double[] gradient) {
    double[] p = new double[z.length];
    double[] slopes = new double[z.length];
    Softmax.of(z, p);
    slopes[label] = -1 / (z.length * (SHIFT + p[label]));
    Softmax.through(p, slopes, gradient);
    return -StrictMath.log(SHIFT + p[label]) / z.length;
  }

  @Override
  public void curve(double[] z, int label, double[] tangent, double[] curved) {
    double[] p = new double[z.length];
    double[] pDot = new double[z.length];
    double[] slopes = new double[z.length];
    double[] slopesDot = new double[z.length];
    Softmax.of(z, p);
    Softmax.through(p, tangent, pDot);
    double shifted = SHIFT + p[label];
    slopes[label] = -1 / (z.length * shifted);
    slopesDot[label] = pDot[label] / (z.length * shifted * shifted);
    Softmax.throughAlong(p, pDot, slopes, slopesDot, curved);
  }
}
