package dev.rote.blueprint;

import dev.rote.blueprint.ParameterShape.Role;
import java.util.List;

/**
 * Batch normalisation per channel (Ioffe and Szegedy, ICML 2015, Algorithms 1 and 2): {@code y =
 * scale (x - mean) / sqrt(variance + eps) + shift}, with the (biased) statistics of the batch while
 * training and running averages of them in inference; constants in {@link Normalization}. Differs
 * from the paper: the running variance is not corrected by M / (M - 1).
 *
 * <p>Its second derivatives need a reading, statistics of the batch or constants, that no engine
 * has yet.
 */
public record BatchNorm() implements Op {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.batchNorm(this);
  }

  @Override
  public String word() {
    return "batchNorm";
  }

  @Override
  public Extent outputOf(List<Extent> inputs) {
    return inputs.get(0);
  }

  @Override
  public List<ParameterShape> parameters(String scope, List<Extent> inputs) {
    int channels = inputs.get(0).channels();
    return List.of(
        ParameterShape.of(scope + "/scale", Role.SCALE, channels),
        ParameterShape.of(scope + "/shift", Role.SHIFT, channels),
        ParameterShape.of(scope + "/mean", Role.RUNNING_MEAN, channels),
        ParameterShape.of(scope + "/variance", Role.RUNNING_VARIANCE, channels));
  }

  @Override
  public boolean curves() {
    return false;
  }
}
