package dev.rote.blueprint;

import java.util.List;

/** {@code max(x, 0)}; its derivative at 0 is 0, its second derivative 0 everywhere. */
public record Relu() implements Op {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.relu(this);
  }

  @Override
  public String word() {
    return "relu";
  }

  @Override
  public Extent outputOf(List<Extent> inputs) {
    return inputs.get(0);
  }
}
