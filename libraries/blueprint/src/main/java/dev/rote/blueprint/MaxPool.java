package dev.rote.blueprint;

import dev.rote.v1.Graph;
import java.util.List;

/**
 * Largest value of each window, channel by channel; padding is never the largest, and one of equal
 * values takes the gradient.
 *
 * @param window of any stride
 */
public record MaxPool(Window window) implements Op {
  /** How it is written. */
  static final OpForm FORM =
      new OpForm() {
        @Override
        public void fill(Graph.Node.Builder node) {
          Graph.MaxPool.Builder pool = node.getMaxPoolBuilder();
          pool.setStride(pool.hasStride() ? pool.getStride() : pool.getSize());
          if (pool.getPad() == 0) {
            pool.clearPad().setPadding(OpForm.filled(pool.getPadding()));
          }
        }

        @Override
        public void check(Graph.Node node, int number, Complaints complaints) {
          Graph.MaxPool pool = node.getMaxPool();
          complaints.inRange(".maxPool.size", pool.getSize(), 1, LARGEST_WINDOW);
          complaints.inRange(".maxPool.stride", pool.getStride(), 1, LARGEST_WINDOW);
          OpForm.checkPad(
              ".maxPool", pool.getPad(), pool.getSize() / 2, pool.getPadding(), complaints);
        }

        @Override
        public Op of(Graph.Node node, int classes, Nodes nodes) {
          Graph.MaxPool pool = node.getMaxPool();
          return new MaxPool(
              OpForm.window(pool.getSize(), pool.getStride(), pool.getPadding(), pool.getPad()));
        }
      };

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.maxPool(this);
  }

  @Override
  public String word() {
    return "maxPool";
  }

  @Override
  public Extent outputOf(List<Extent> inputs) {
    return window.over(inputs.get(0), inputs.get(0).channels());
  }
}
