package dev.rote.recipes;

/**
 * Cross-entropy of a softmax in nats, {@code torch.nn.CrossEntropyLoss}: {@code ℓ = log Σ_k
 * exp(z_k) - Σ_k t_k z_k} with the target {@code t = (1 - ε) onehot(y) + ε / K}, whose ε is label
 * smoothing (Szegedy et al., CVPR 2016, section 7); {@code ∂ℓ/∂z = p - t}, {@code ∂²ℓ/∂z² = diag(p)
 * - p pᵀ}. Differs from PyTorch: none.
 *
 * @param labelSmoothing ε in [0, 1]
 */
public record CrossEntropy(double labelSmoothing) implements Loss {
  /** Without label smoothing. */
  public static final CrossEntropy PLAIN = new CrossEntropy(0);

  @Override
  public double differentiate(double[] z, int label, double[] gradient) {
    double loss = Softmax.of(z, gradient);
    double others = labelSmoothing / z.length;
    double own = 1 - labelSmoothing + others;
    for (int k = 0; k < z.length; k++) {
      double target = k == label ? own : others;
      loss -= target == 0 ? 0 : target * z[k];
      gradient[k] -= target;
    }
    return loss;
  }

  @Override
  public void curve(double[] z, int label, double[] tangent, double[] curved) {
    double[] p = new double[z.length];
    Softmax.of(z, p);
    Softmax.through(p, tangent, curved);
  }
}
