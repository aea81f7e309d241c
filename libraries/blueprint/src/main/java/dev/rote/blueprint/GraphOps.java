package dev.rote.blueprint;

import dev.rote.v1.Graph;

/** What may be written of each op in a graph: defaults, bounds, and the op. */
final class GraphOps {
  private static final int LARGEST_WINDOW = 31;
  private static final int LARGEST_CROP = 1000;

  private GraphOps() {}

  /** Fills in defaults. */
  static void fill(Graph.Node.Builder node) {
    switch (node.getOpCase()) {
      case DENSE -> {
        Graph.Dense.Builder dense = node.getDenseBuilder();
        dense.setBiases(!dense.hasBiases() || dense.getBiases());
      }
      case CONVOLUTION -> {
        Graph.Convolution.Builder convolution = node.getConvolutionBuilder();
        convolution.setPadding(filled(convolution.getPadding()));
      }
      case MAX_POOL -> {
        Graph.MaxPool.Builder pool = node.getMaxPoolBuilder();
        pool.setStride(pool.hasStride() ? pool.getStride() : pool.getSize());
        pool.setPadding(filled(pool.getPadding()));
      }
      default -> {
        /* Has no defaults. */
      }
    }
  }

  private static Graph.Padding filled(Graph.Padding padding) {
    return padding == Graph.Padding.SAME ? Graph.Padding.SAME : Graph.Padding.VALID;
  }

  /**
   * Checks the bounds of a node's op.
   *
   * @param number of the node, from 0
   * @param complaints with fields from the node
   */
  static void check(Graph.Node node, int number, Complaints complaints) {
    switch (node.getOpCase()) {
      case DENSE -> {
        if (node.getDense().hasUnits()) {
          complaints.inRange(".dense.units", node.getDense().getUnits(), 1, MlpLowering.MOST_UNITS);
        }
      }
      case CONVOLUTION -> {
        Graph.Convolution convolution = node.getConvolution();
        complaints.inRange(
            ".convolution.filters", convolution.getFilters(), 1, MlpLowering.MOST_UNITS);
        complaints.inRange(".convolution.kernel", convolution.getKernel(), 1, LARGEST_WINDOW);
      }
      case MAX_POOL -> {
        complaints.inRange(".maxPool.size", node.getMaxPool().getSize(), 1, LARGEST_WINDOW);
        complaints.inRange(".maxPool.stride", node.getMaxPool().getStride(), 1, LARGEST_WINDOW);
      }
      case CROP -> {
        complaints.inRange(".crop.pixels", node.getCrop().getPixels(), 1, LARGEST_CROP);
        if (number > 0) {
          complaints.violate(".crop", "must be the first node: it cuts what enters the network");
        }
      }
      case OP_NOT_SET -> complaints.violate("", "must have an op, such as relu: {}");
      default -> {
        /* Has no bounds. */
      }
    }
  }

  /**
   * The op of a node.
   *
   * @param classes units of dense logits
   * @throws IllegalArgumentException if it has none
   */
  static Op of(Graph.Node node, int classes, Nodes nodes) {
    return switch (node.getOpCase()) {
      case DENSE -> {
        Graph.Dense dense = node.getDense();
        yield new Dense(dense.hasUnits() ? dense.getUnits() : classes, dense.getBiases());
      }
      case CONVOLUTION -> {
        Graph.Convolution convolution = node.getConvolution();
        yield new Convolution(
            convolution.getFilters(), window(convolution.getKernel(), 1, convolution.getPadding()));
      }
      case BATCH_NORM -> new BatchNorm();
      case RELU -> new Relu();
      case MAX_POOL -> {
        Graph.MaxPool pool = node.getMaxPool();
        yield new MaxPool(window(pool.getSize(), pool.getStride(), pool.getPadding()));
      }
      case CROP -> new Crop(node.getCrop().getPixels());
      case FLATTEN -> new Flatten();
      case NOISE -> nodes.noise();
      case ADD -> new Add();
      case OP_NOT_SET ->
          throw new IllegalArgumentException("node " + node.getName() + " must have an op");
    };
  }

  private static Window window(int size, int stride, Graph.Padding padding) {
    return new Window(size, stride, padding == Graph.Padding.SAME);
  }
}
