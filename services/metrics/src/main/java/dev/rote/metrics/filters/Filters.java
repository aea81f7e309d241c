package dev.rote.metrics.filters;

import dev.rote.networks.Network;
import dev.rote.v1.Shape;
import dev.rote.v1.Tensor;
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

  static Filters of(Network network) {
    Tensor tensor = network.tensors().get(0);
    float[] weights = new float[tensor.getShapeList().stream().reduce(1, Math::multiplyExact)];
    network.read(0, weights);
    if (network.architecture().model().hasCnn()) {
      Shape kernel =
          Shape.newBuilder()
              .setChannels(tensor.getShape(1))
              .setHeight(tensor.getShape(2))
              .setWidth(tensor.getShape(3))
              .build();
      return new Filters(kernel, weights, tensor.getShape(0), false);
    }
    return new Filters(network.architecture().input(), weights, tensor.getShape(1), true);
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
