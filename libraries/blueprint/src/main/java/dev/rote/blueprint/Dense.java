package dev.rote.blueprint;

import dev.rote.blueprint.ParameterShape.Role;
import java.util.List;

/**
 * {@code y = x W + b}, x [in], W [in, out], b [out].
 *
 * @param units out
 * @param biased whether there is b; there is none before batch norm, whose shift takes its place
 */
public record Dense(int units, boolean biased) implements Op {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.dense(this);
  }

  @Override
  public String word() {
    return "dense";
  }

  @Override
  public Extent outputOf(List<Extent> inputs) {
    if (inputs.get(0).isImage()) {
      throw new IllegalArgumentException(
          "needs units, was given an image of " + inputs.get(0) + ": put a flatten before it");
    }
    return Extent.units(units);
  }

  @Override
  public List<ParameterShape> parameters(String scope, List<Extent> inputs) {
    ParameterShape weights =
        ParameterShape.of(scope + "/weights", Role.WEIGHTS, inputs.get(0).length(), units);
    return biased
        ? List.of(weights, ParameterShape.of(scope + "/biases", Role.BIASES, units))
        : List.of(weights);
  }

  @Override
  public long operations(List<Extent> inputs) {
    return 2L * inputs.get(0).length() * units;
  }
}
