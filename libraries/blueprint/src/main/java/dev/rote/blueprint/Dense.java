package dev.rote.blueprint;

import dev.rote.blueprint.ParameterShape.Role;
import dev.rote.v1.Graph;
import java.util.List;

/**
 * {@code y = x W + b}, x [in], W [in, out], b [out].
 *
 * @param units out
 * @param biased whether there is b; there is none before batch norm, whose shift takes its place
 */
public record Dense(int units, boolean biased) implements Op {
  /** How it is written. */
  static final OpForm FORM =
      new OpForm() {
        @Override
        public void fill(Graph.Node.Builder node) {
          Graph.Dense.Builder dense = node.getDenseBuilder();
          dense.setBiases(!dense.hasBiases() || dense.getBiases());
        }

        @Override
        public void check(Graph.Node node, int number, Complaints complaints) {
          if (node.getDense().hasUnits()) {
            complaints.inRange(
                ".dense.units", node.getDense().getUnits(), 1, MlpLowering.MOST_UNITS);
          }
        }

        @Override
        public Op of(Graph.Node node, int classes, Nodes nodes) {
          Graph.Dense dense = node.getDense();
          return new Dense(dense.hasUnits() ? dense.getUnits() : classes, dense.getBiases());
        }
      };

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
