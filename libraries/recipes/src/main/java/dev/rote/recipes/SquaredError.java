package dev.rote.recipes;

/**
 * Mean over the classes of squared differences from the one-hot label, {@code torch.nn.MSELoss}:
 * {@code ℓ = 1/K Σ_k (q_k - [k = y])²}, where q are the probabilities of the softmax or the logits
 * themselves. Differs from PyTorch: none.
 *
 * @param ofProbabilities whether q is the softmax of the logits
 */
public record SquaredError(boolean ofProbabilities) implements Loss {

  @Override
  public double differentiate(double[] z, int label, double[] gradient) {
    if (!ofProbabilities) {
      return slopes(z, label, gradient);
    }
    double[] p = new double[z.length];
    double[] slopes = new double[z.length];
    Softmax.of(z, p);
    double loss = slopes(p, label, slopes);
    Softmax.through(p, slopes, gradient);
    return loss;
  }

  /** ℓ, and ∂ℓ/∂q. */
  private static double slopes(double[] q, int label, double[] slopes) {
    double sum = 0;
    for (int k = 0; k < q.length; k++) {
      double difference = q[k] - (k == label ? 1 : 0);
      sum += difference * difference;
      slopes[k] = 2 * difference / q.length;
    }
    return sum / q.length;
  }

  @Override
  public void curve(double[] z, int label, double[] tangent, double[] curved) {
    double[] p = new double[z.length];
    double[] pDot = tangent;
    double[] slopes = new double[z.length];
    double[] slopesDot = new double[z.length];
    if (ofProbabilities) {
      Softmax.of(z, p);
      pDot = new double[z.length];
      Softmax.through(p, tangent, pDot);
    }
    for (int k = 0; k < z.length; k++) {
      slopesDot[k] = 2 * pDot[k] / z.length;
    }
    if (!ofProbabilities) {
      System.arraycopy(slopesDot, 0, curved, 0, z.length);
      return;
    }
    slopes(p, label, slopes);
    Softmax.throughAlong(p, pDot, slopes, slopesDot, curved);
  }
}
