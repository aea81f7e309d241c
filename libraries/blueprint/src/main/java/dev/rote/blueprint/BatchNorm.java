package dev.rote.blueprint;

import dev.rote.blueprint.ParameterShape.Role;
import dev.rote.v1.Graph;
import java.util.List;

/**
 * Batch normalisation per channel (Ioffe and Szegedy, ICML 2015, Algorithms 1 and 2): {@code y =
 * scale (x - mean) / sqrt(variance + eps) + shift}, with the (biased) statistics of the batch while
 * training and running averages of them in inference; constants in {@link Normalization}. Differs
 * from the paper: the running variance is not corrected by M / (M - 1).
 *
 * <p>Second derivatives are of either: statistics of the batch take part in training, and running
 * averages are constants in inference; who asks says which.
 *
 * @param scaled whether scale is trained; else it stays 1
 */
public record BatchNorm(boolean scaled) implements Op {
  /** How it is written; a scale that is written as it is by default is cleared: ids stay. */
  static final OpForm FORM =
      new OpForm() {
        @Override
        public void fill(Graph.Node.Builder node) {
          if (node.getBatchNorm().getScale()) {
            node.getBatchNormBuilder().clearScale();
          }
        }

        @Override
        public Op of(Graph.Node node, int classes, Nodes nodes) {
          return new BatchNorm(!node.getBatchNorm().hasScale());
        }
      };

  /** With a scale. */
  public BatchNorm() {
    this(true);
  }

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
        ParameterShape.of(scope + "/scale", scaled ? Role.SCALE : Role.FIXED_SCALE, channels),
        ParameterShape.of(scope + "/shift", Role.SHIFT, channels),
        ParameterShape.of(scope + "/mean", Role.RUNNING_MEAN, channels),
        ParameterShape.of(scope + "/variance", Role.RUNNING_VARIANCE, channels));
  }
}
