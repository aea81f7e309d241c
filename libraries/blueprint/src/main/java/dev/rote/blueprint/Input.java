package dev.rote.blueprint;

import java.util.List;

/**
 * What enters the network.
 *
 * @param extent of one example
 */
public record Input(Extent extent) implements Op {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.input(this);
  }

  @Override
  public String word() {
    return "input";
  }

  @Override
  public int inputs() {
    return 0;
  }

  @Override
  public Extent outputOf(List<Extent> inputs) {
    return extent;
  }
}
