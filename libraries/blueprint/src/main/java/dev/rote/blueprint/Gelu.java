package dev.rote.blueprint;

import java.util.List;

/**
 * Gaussian error linear unit (Hendrycks and Gimpel, arXiv:1606.08415): {@code y = x Φ(x) = x/2 (1 +
 * erf(x / sqrt(2)))}, exact, not one of the paper's approximations; PyTorch's {@code GELU}. {@code
 * y' = Φ(x) + x φ(x)}, {@code y'' = φ(x) (2 - x²)} with the density φ.
 */
public record Gelu() implements Op {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.gelu(this);
  }

  @Override
  public String word() {
    return "gelu";
  }

  @Override
  public Extent outputOf(List<Extent> inputs) {
    return inputs.get(0);
  }
}
