package dev.rote.blueprint;

import java.util.List;

/**
 * Largest value of each window, channel by channel; padding is never the largest, and one of equal
 * values takes the gradient.
 *
 * @param window of any stride
 */
public record MaxPool(Window window) implements Op {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.maxPool(this);
  }

  @Override
  public String word() {
    return "maxPool";
  }

  @Override
  public Extent outputOf(List<Extent> inputs) {
    return window.over(inputs.get(0), inputs.get(0).channels());
  }
}
