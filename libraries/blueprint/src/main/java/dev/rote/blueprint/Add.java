package dev.rote.blueprint;

import java.util.List;

/**
 * The sum of two inputs of one shape, {@code y = a + b}: the shortcut of a residual network (He et
 * al., CVPR 2016, equation 1).
 */
public record Add() implements Op {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.add(this);
  }

  @Override
  public String word() {
    return "add";
  }

  @Override
  public int inputs() {
    return 2;
  }

  @Override
  public Extent outputOf(List<Extent> inputs) {
    Extent first = inputs.get(0);
    Extent second = inputs.get(1);
    if (!first.equals(second)) {
      throw new IllegalArgumentException(
          "needs inputs of one shape, was given " + first + " and " + second);
    }
    return first;
  }
}
