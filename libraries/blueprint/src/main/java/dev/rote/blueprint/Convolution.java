package dev.rote.blueprint;

import dev.rote.blueprint.ParameterShape.Role;
import dev.rote.v1.Graph;
import java.util.List;

/**
 * Cross-correlation, {@code y[f, p] = b[f] + Σ_c Σ_t W[f, c, t] x[g(f) + c, s p + t]}: x [C, H, W],
 * W [filters, C / groups, k, k], p a place of the window, s its stride and t a pixel in it; g(f) is
 * the first channel of the filter's group (Krizhevsky et al., NeurIPS 2012, section 3.5).
 *
 * @param filters channels of the output
 * @param window k x k
 * @param groups that channels and filters are cut into, 1 for none
 * @param biased whether there is b; there is none before batch norm, whose shift takes its place
 */
public record Convolution(int filters, Window window, int groups, boolean biased) implements Op {
  /** How it is written. */
  static final OpForm FORM = new Form();

  /** Without groups and biases. */
  public Convolution(int filters, Window window) {
    this(filters, window, 1, false);
  }

  /* Fields younger than others are cleared where they are the default: ids stay. */
  private static final class Form implements OpForm {
    @Override
    public void fill(Graph.Node.Builder node) {
      Graph.Convolution.Builder convolution = node.getConvolutionBuilder();
      if (convolution.getPad() == 0) {
        convolution.clearPad().setPadding(OpForm.filled(convolution.getPadding()));
      }
      if (convolution.getStride() == 1) {
        convolution.clearStride();
      }
      if (!convolution.getBiases()) {
        convolution.clearBiases();
      }
      if (convolution.getGroups() == 1) {
        convolution.clearGroups();
      }
    }

    private static int stride(Graph.Convolution convolution) {
      return convolution.hasStride() ? convolution.getStride() : 1;
    }

    private static int groups(Graph.Convolution convolution) {
      return convolution.hasGroups() ? convolution.getGroups() : 1;
    }

    @Override
    public void check(Graph.Node node, int number, Complaints complaints) {
      Graph.Convolution convolution = node.getConvolution();
      int filters = convolution.getFilters();
      int groups = groups(convolution);
      complaints.inRange(".convolution.filters", filters, 1, MlpLowering.MOST_UNITS);
      complaints.inRange(".convolution.kernel", convolution.getKernel(), 1, LARGEST_WINDOW);
      complaints.inRange(".convolution.stride", stride(convolution), 1, LARGEST_WINDOW);
      OpForm.checkPad(
          ".convolution",
          convolution.getPad(),
          LARGEST_WINDOW,
          convolution.getPadding(),
          complaints);
      complaints.inRange(".convolution.groups", groups, 1, MlpLowering.MOST_UNITS);
      if (groups > 0 && filters % groups != 0) {
        complaints.violate(
            ".convolution.groups", "must divide the " + filters + " filters, were " + groups);
      }
    }

    @Override
    public Op of(Graph.Node node, int classes, Nodes nodes) {
      Graph.Convolution convolution = node.getConvolution();
      return new Convolution(
          convolution.getFilters(),
          OpForm.window(
              convolution.getKernel(),
              stride(convolution),
              convolution.getPadding(),
              convolution.getPad()),
          groups(convolution),
          convolution.getBiases());
    }
  }

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
    Extent output = window.over(inputs.get(0), filters);
    if (inputs.get(0).channels() % groups != 0) {
      throw new IllegalArgumentException(
          "groups must divide the "
              + inputs.get(0).channels()
              + " channels of its input, were "
              + groups);
    }
    return output;
  }

  @Override
  public List<ParameterShape> parameters(String scope, List<Extent> inputs) {
    ParameterShape weights =
        ParameterShape.of(
            scope + "/weights",
            Role.WEIGHTS,
            filters,
            inputs.get(0).channels() / groups,
            window.size(),
            window.size());
    return biased
        ? List.of(weights, ParameterShape.of(scope + "/biases", Role.BIASES, filters))
        : List.of(weights);
  }

  @Override
  public long operations(List<Extent> inputs) {
    long taps = (long) inputs.get(0).channels() / groups * window.size() * window.size();
    return 2 * taps * outputOf(inputs).length();
  }
}
