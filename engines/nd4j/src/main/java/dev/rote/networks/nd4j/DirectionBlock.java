package dev.rote.networks.nd4j;

import java.util.List;

/**
 * Directions that are computed with together, few enough for caches to hold them and all that comes
 * of them.
 *
 * @param first number of the first one
 * @param count B, how many they are
 * @param layers their parts, in the order of the network's layers
 */
record DirectionBlock(int first, int count, List<LayerDirections> layers) {
  /** Directions of the blocks before the last. */
  static final int LARGEST = 16;

  static DirectionBlock of(int first, int count, List<DenseLayer> network, HostArena arena) {
    return new DirectionBlock(
        first,
        count,
        network.stream().map(layer -> new LayerDirections(layer, count, arena)).toList());
  }

  /** Overwrites direction {@code k} of the block with the gradient of the batch looked at. */
  void gradient(int k, BatchGradients batch) {
    for (int layer = 0; layer < layers.size(); layer++) {
      HostMatrix direction = layers.get(layer).direction(k);
      direction.product(1, batch.deltas(layer).transpose(), batch.inputs(layer), 0);
    }
  }

  void clear() {
    layers.forEach(LayerDirections::clear);
  }

  void write(int k, float[] values) {
    int offset = 0;
    for (LayerDirections layer : layers) {
      layer.write(k, values, offset);
      offset += layer.length();
    }
  }

  void read(int k, float[] out) {
    int offset = 0;
    for (LayerDirections layer : layers) {
      layer.read(k, out, offset);
      offset += layer.length();
    }
  }
}
