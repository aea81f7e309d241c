package dev.rote.blueprint;

import dev.rote.blueprint.ParameterShape.Role;
import java.util.List;

/**
 * Cross-correlation without biases, {@code y[f, p] = Σ_c Σ_t W[f, c, t] x[c, p + t]}: x [C, H, W],
 * W [filters, C, k, k], p a place of the window and t a pixel in it.
 *
 * @param filters channels of the output
 * @param window k x k, of stride 1
 */
public record Convolution(int filters, Window window) implements Op {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.convolution(this);
  }

  @Override
  public String word() {
    return "convolution";
  }

  @Override
  public Extent outputOf(List<Extent> inputs) {
    return window.over(inputs.get(0), filters);
  }

  @Override
  public List<ParameterShape> parameters(String scope, List<Extent> inputs) {
    return List.of(
        ParameterShape.of(
            scope + "/weights",
            Role.WEIGHTS,
            filters,
            inputs.get(0).channels(),
            window.size(),
            window.size()));
  }

  @Override
  public long operations(List<Extent> inputs) {
    long taps = (long) inputs.get(0).channels() * window.size() * window.size();
    return 2 * taps * outputOf(inputs).length();
  }
}
