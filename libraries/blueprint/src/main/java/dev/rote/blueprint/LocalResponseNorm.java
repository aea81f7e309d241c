package dev.rote.blueprint;

import dev.rote.v1.Graph;
import java.util.List;

/**
 * Local response normalisation over n neighbouring channels (Krizhevsky et al., NeurIPS 2012,
 * section 3.3): {@code y_i = x_i / s_i^beta}, {@code s_i = k + alpha Σ_j x_j²} over channels j in
 * [i - n/2, i + n/2] that there are, pixel by pixel. Differs from the paper: none. PyTorch's {@code
 * LocalResponseNorm} divides its alpha by n: its alpha is ours times n.
 *
 * <p>{@code ∂L/∂x_m = g_m s_m^-beta - 2 alpha beta x_m Σ_i g_i x_i s_i^(-beta-1)}, over the same
 * neighbours.
 *
 * @param size n, odd
 */
public record LocalResponseNorm(int size, double alpha, double beta, double k) implements Op {
  /** How it is written. */
  static final OpForm FORM = new Form();

  private static final class Form implements OpForm {
    private static final int MOST_CHANNELS = 63;
    private static final double LARGEST = 1000;
    private static final double LARGEST_BETA = 10;
    private static final int CHANNELS = 5;
    private static final double ALPHA = 1e-4;
    private static final double BETA = 0.75;
    private static final double K = 2;

    @Override
    public void fill(Graph.Node.Builder node) {
      Graph.LocalResponseNorm.Builder norm = node.getLocalResponseNormBuilder();
      norm.setSize(norm.hasSize() ? norm.getSize() : CHANNELS);
      norm.setAlpha(norm.hasAlpha() ? norm.getAlpha() : ALPHA);
      norm.setBeta(norm.hasBeta() ? norm.getBeta() : BETA);
      norm.setK(norm.hasK() ? norm.getK() : K);
    }

    @Override
    public void check(Graph.Node node, int number, Complaints complaints) {
      Graph.LocalResponseNorm norm = node.getLocalResponseNorm();
      complaints.inRange(".localResponseNorm.size", norm.getSize(), 1, MOST_CHANNELS);
      if (norm.getSize() % 2 == 0) {
        complaints.violate(".localResponseNorm.size", "must be odd, was " + norm.getSize());
      }
      if (!(norm.getAlpha() >= 0 && norm.getAlpha() <= LARGEST)) {
        complaints.violate(
            ".localResponseNorm.alpha", "must be in [0, 1000], was " + norm.getAlpha());
      }
      if (!(norm.getBeta() > 0 && norm.getBeta() <= LARGEST_BETA)) {
        complaints.violate(".localResponseNorm.beta", "must be in (0, 10], was " + norm.getBeta());
      }
      if (!(norm.getK() > 0 && norm.getK() <= LARGEST)) {
        complaints.violate(".localResponseNorm.k", "must be in (0, 1000], was " + norm.getK());
      }
    }

    @Override
    public Op of(Graph.Node node, int classes, Nodes nodes) {
      Graph.LocalResponseNorm norm = node.getLocalResponseNorm();
      return new LocalResponseNorm(norm.getSize(), norm.getAlpha(), norm.getBeta(), norm.getK());
    }
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.localResponseNorm(this);
  }

  @Override
  public String word() {
    return "localResponseNorm";
  }

  @Override
  public Extent outputOf(List<Extent> inputs) {
    if (!inputs.get(0).isImage()) {
      throw new IllegalArgumentException(
          "needs an image, was given " + inputs.get(0) + " units: put it before what flattens");
    }
    return inputs.get(0);
  }
}
