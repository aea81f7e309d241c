package dev.rote.metrics.filters;

import dev.rote.blueprint.Convolution;
import dev.rote.blueprint.Extent;
import dev.rote.blueprint.Flatten;
import dev.rote.blueprint.Node;
import dev.rote.blueprint.ParameterShape;
import dev.rote.networks.Network;
import dev.rote.v1.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A network's first-layer weights as images: the kernels of a convolution, float32[out, in, k, k],
 * or for each unit of a dense layer, float32[D, units], its weights in the shape of the input.
 */
final class Filters {
  private final Shape shape;
  private final float[] weights;
  private final int size;
  private final boolean dense;

  private Filters(Shape shape, float[] weights, int size, boolean dense) {
    this.shape = shape;
    this.weights = weights;
    this.size = size;
    this.dense = dense;
  }

  /**
   * The filters of the first layer with weights.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Filters of(Network network) {
    List<Node> nodes = network.blueprint().nodes();
    Node first =
        nodes.stream()
            .filter(node -> !node.parameters().isEmpty())
            .filter(node -> node.parameters().get(0).role() == ParameterShape.Role.WEIGHTS)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("the network has no weights"));
    ParameterShape shape = first.parameters().get(0);
    float[] weights = new float[shape.length()];
    network.read(network.blueprint().parameters().indexOf(shape), weights);
    if (first.op() instanceof Convolution) {
      Shape kernel = shape(shape.sizes().get(1), shape.sizes().get(2), shape.sizes().get(3));
      return new Filters(kernel, weights, shape.sizes().get(0), false);
    }
    return new Filters(unflattened(nodes, first), weights, shape.sizes().get(1), true);
  }

  /** Shape of what a dense layer looks at, before it was flattened. */
  private static Shape unflattened(List<Node> nodes, Node dense) {
    Node below = nodes.get(dense.inputs().get(0));
    while (below.op() instanceof Flatten) {
      below = nodes.get(below.inputs().get(0));
    }
    Extent extent = below.extent();
    return shape(extent.channels(), extent.height(), extent.width());
  }

  private static Shape shape(int channels, int height, int width) {
    return Shape.newBuilder().setChannels(channels).setHeight(height).setWidth(width).build();
  }

  /** Number of filters. */
  int size() {
    return size;
  }

  /** Shape of one filter. */
  Shape shape() {
    return shape;
  }

  /** Weights of a filter, float32[channels, height, width]. */
  float[] filter(int number) {
    int length = weights.length / size;
    float[] filter = new float[length];
    for (int i = 0; i < length; i++) {
      filter[i] = weights[dense ? i * size + number : number * length + i];
    }
    return filter;
  }

  /** Mean {@link Structure} of all filters. */
  double structure() {
    return IntStream.range(0, size)
        .mapToDouble(
            f -> Structure.of(filter(f), shape.getChannels(), shape.getHeight(), shape.getWidth()))
        .average()
        .orElse(Double.NaN);
  }
}
