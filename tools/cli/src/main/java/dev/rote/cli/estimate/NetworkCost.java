package dev.rote.cli.estimate;

import dev.rote.v1.Cnn;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;

/**
 * The size of a network.
 *
 * @param trained trained values: weights, biases, scales and shifts
 * @param running statistics of batch normalisation, kept beside them
 * @param products multiplications of one forward pass of one example
 */
record NetworkCost(long trained, long running, long products) {
  private static final NetworkCost NONE = new NetworkCost(0, 0, 0);

  /**
   * The network of a model.
   *
   * @param model valid for the shape, all defaults filled in
   * @param input shape of one example as it enters, pooled
   */
  static NetworkCost of(ModelSpec model, Shape input, long classes) {
    return model.hasCnn() ? cnn(model.getCnn(), input, classes) : mlp(model, input, classes);
  }

  private static NetworkCost mlp(ModelSpec model, Shape input, long classes) {
    NetworkCost cost = NONE;
    long in = (long) input.getChannels() * input.getHeight() * input.getWidth();
    for (int units : model.getMlp().getHiddenList()) {
      cost = cost.plus(dense(in, units, true));
      in = units;
    }
    return cost.plus(dense(in, classes, true));
  }

  /* Convolutions and hidden layers have no biases: batch normalisation follows them. */
  private static NetworkCost cnn(Cnn cnn, Shape input, long classes) {
    boolean same = cnn.getPadding() == Cnn.Padding.SAME;
    NetworkCost cost = NONE;
    long channels = input.getChannels();
    long height = input.getHeight() - 2L * cnn.getCrop();
    long width = input.getWidth() - 2L * cnn.getCrop();
    for (int filters : cnn.getFiltersList()) {
      height = slid(height, cnn.getKernel(), 1, same);
      width = slid(width, cnn.getKernel(), 1, same);
      long weights = channels * filters * cnn.getKernel() * cnn.getKernel();
      cost =
          cost.plus(new NetworkCost(weights, 0, weights * height * width))
              .plus(normalized(filters));
      height = slid(height, cnn.getPool(), cnn.getPoolStride(), same);
      width = slid(width, cnn.getPool(), cnn.getPoolStride(), same);
      channels = filters;
    }
    long in = channels * height * width;
    for (int units : cnn.getDenseList()) {
      cost = cost.plus(dense(in, units, false)).plus(normalized(units));
      in = units;
    }
    return cost.plus(dense(in, classes, true));
  }

  private static long slid(long side, int window, int stride, boolean same) {
    return same ? (side + stride - 1) / stride : (side - window) / stride + 1;
  }

  private static NetworkCost dense(long in, long out, boolean biased) {
    return new NetworkCost(in * out + (biased ? out : 0), 0, in * out);
  }

  private static NetworkCost normalized(long units) {
    return new NetworkCost(2 * units, 2 * units, 0);
  }

  private NetworkCost plus(NetworkCost more) {
    return new NetworkCost(
        trained + more.trained, running + more.running, products + more.products);
  }

  /** Bytes of a checkpoint, but for its header of some hundred bytes. */
  long checkpointBytes(boolean momentum) {
    return Float.BYTES * (trained * (momentum ? 2 : 1) + running);
  }

  /** Operations of one example of a training step: forward, and twice that backward. */
  double operationsPerExample() {
    return 6.0 * products;
  }
}
