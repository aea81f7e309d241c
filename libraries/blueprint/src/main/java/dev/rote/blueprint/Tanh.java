package dev.rote.blueprint;

import java.util.List;

/** Hyperbolic tangent: {@code y = tanh(x)}, {@code y' = 1 - y²}, {@code y'' = -2 y (1 - y²)}. */
public record Tanh() implements Op {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.tanh(this);
  }

  @Override
  public String word() {
    return "tanh";
  }

  @Override
  public Extent outputOf(List<Extent> inputs) {
    return inputs.get(0);
  }
}
