package dev.rote.blueprint;

import dev.rote.v1.Graph;
import java.util.List;

/**
 * Mean of each window, channel by channel, {@code y[c, p] = 1/|p| Σ_{t in p} x[c, t]} over the
 * pixels t of the image that lie in the window's place p (LeCun et al., Proc. IEEE 86, 1998,
 * "sub-sampling"): padding is left out of sum and count, as PyTorch does with {@code
 * count_include_pad=False}.
 *
 * @param window of any stride
 */
public record AveragePool(Window window) implements Op {
  /** How it is written. */
  static final OpForm FORM =
      new OpForm() {
        @Override
        public void fill(Graph.Node.Builder node) {
          Graph.AveragePool.Builder pool = node.getAveragePoolBuilder();
          pool.setStride(pool.hasStride() ? pool.getStride() : pool.getSize());
          if (pool.getPad() == 0) {
            pool.clearPad().setPadding(OpForm.filled(pool.getPadding()));
          }
        }

        @Override
        public void check(Graph.Node node, int number, Complaints complaints) {
          Graph.AveragePool pool = node.getAveragePool();
          complaints.inRange(".averagePool.size", pool.getSize(), 1, LARGEST_WINDOW);
          complaints.inRange(".averagePool.stride", pool.getStride(), 1, LARGEST_WINDOW);
          OpForm.checkPad(
              ".averagePool", pool.getPad(), pool.getSize() / 2, pool.getPadding(), complaints);
        }

        @Override
        public Op of(Graph.Node node, int classes, Nodes nodes) {
          Graph.AveragePool pool = node.getAveragePool();
          return new AveragePool(
              OpForm.window(pool.getSize(), pool.getStride(), pool.getPadding(), pool.getPad()));
        }
      };

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.averagePool(this);
  }

  @Override
  public String word() {
    return "averagePool";
  }

  @Override
  public Extent outputOf(List<Extent> inputs) {
    return window.over(inputs.get(0), inputs.get(0).channels());
  }
}
