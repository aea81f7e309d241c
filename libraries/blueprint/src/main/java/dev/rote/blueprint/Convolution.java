package dev.rote.blueprint;

import dev.rote.blueprint.ParameterShape.Role;
import dev.rote.v1.Graph;
import java.util.List;

/**
 * Cross-correlation without biases, {@code y[f, p] = Σ_c Σ_t W[f, c, t] x[c, p + t]}: x [C, H, W],
 * W [filters, C, k, k], p a place of the window and t a pixel in it.
 *
 * @param filters channels of the output
 * @param window k x k, of stride 1
 */
public record Convolution(int filters, Window window) implements Op {
  /** How it is written. */
  static final OpForm FORM =
      new OpForm() {
        @Override
        public void fill(Graph.Node.Builder node) {
          Graph.Convolution.Builder convolution = node.getConvolutionBuilder();
          convolution.setPadding(OpForm.filled(convolution.getPadding()));
        }

        @Override
        public void check(Graph.Node node, int number, Complaints complaints) {
          Graph.Convolution convolution = node.getConvolution();
          complaints.inRange(
              ".convolution.filters", convolution.getFilters(), 1, MlpLowering.MOST_UNITS);
          complaints.inRange(".convolution.kernel", convolution.getKernel(), 1, LARGEST_WINDOW);
        }

        @Override
        public Op of(Graph.Node node, int classes, Nodes nodes) {
          Graph.Convolution convolution = node.getConvolution();
          return new Convolution(
              convolution.getFilters(),
              OpForm.window(convolution.getKernel(), 1, convolution.getPadding()));
        }
      };

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.convolution(this);
  }

  @Override
  public String word() {
    return "convolution";
  }

  @Override
  public Extent outputOf(List<Extent> inputs) {
    return window.over(inputs.get(0), filters);
  }

  @Override
  public List<ParameterShape> parameters(String scope, List<Extent> inputs) {
    return List.of(
        ParameterShape.of(
            scope + "/weights",
            Role.WEIGHTS,
            filters,
            inputs.get(0).channels(),
            window.size(),
            window.size()));
  }

  @Override
  public long operations(List<Extent> inputs) {
    long taps = (long) inputs.get(0).channels() * window.size() * window.size();
    return 2 * taps * outputOf(inputs).length();
  }
}
