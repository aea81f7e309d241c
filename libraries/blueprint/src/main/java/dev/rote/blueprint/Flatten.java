package dev.rote.blueprint;

import java.util.List;

/** The values of an image in one row: [C, H, W] becomes [C H W]. */
public record Flatten() implements Op {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.flatten(this);
  }

  @Override
  public String word() {
    return "flatten";
  }

  @Override
  public Extent outputOf(List<Extent> inputs) {
    return Extent.units(inputs.get(0).length());
  }

  @Override
  public boolean passesThrough() {
    return true;
  }
}
