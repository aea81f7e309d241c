package dev.rote.blueprint;

import dev.rote.blueprint.ParameterShape.Role;
import java.util.List;

/**
 * Layer normalisation (Ba, Kiros and Hinton, arXiv:1607.06450, equations 3 and 4): {@code y = scale
 * ∘ (x - mean) / sqrt(variance + eps) + shift}, with mean and (biased) variance of all values of an
 * example, in training and in inference, and a scale and a shift of each value: PyTorch's {@code
 * LayerNorm} over the whole shape. Differs from the paper: eps, {@link Normalization#EPSILON}.
 */
public record LayerNorm() implements Op {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.layerNorm(this);
  }

  @Override
  public String word() {
    return "layerNorm";
  }

  @Override
  public Extent outputOf(List<Extent> inputs) {
    return inputs.get(0);
  }

  @Override
  public List<ParameterShape> parameters(String scope, List<Extent> inputs) {
    List<Integer> sizes = inputs.get(0).sizes();
    return List.of(
        new ParameterShape(scope + "/scale", Role.SCALE, sizes),
        new ParameterShape(scope + "/shift", Role.SHIFT, sizes));
  }
}
