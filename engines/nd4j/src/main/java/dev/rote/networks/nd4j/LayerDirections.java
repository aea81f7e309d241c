package dev.rote.networks.nd4j;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The parts of a block of B directions that belong to one dense layer: V float32[out, B, in + 1],
 * whose last column stands beside the layer's biases.
 *
 * <p>In this order of axes the product with a batch that sums over inputs, that which sums over
 * outputs, and an update by an outer product of two batches are one matrix product each.
 */
final class LayerDirections {
  private final HostMatrix all;
  private final List<HostMatrix> directions;
  private final List<HostMatrix> weights;
  private final int in;
  private final int out;
  private final int count;

  /**
   * @param count B
   */
  LayerDirections(DenseLayer layer, int count, HostArena arena) {
    this.in = layer.in();
    this.out = layer.out();
    this.count = count;
    this.all = arena.zeros(out * count, in + 1);
    this.directions = IntStream.range(0, count).mapToObj(k -> all.everyRow(k, count)).toList();
    this.weights = directions.stream().map(direction -> direction.columns(0, in)).toList();
  }

  int in() {
    return in;
  }

  int out() {
    return out;
  }

  /** V as float32[out B, in + 1]. */
  HostMatrix byInput() {
    return all;
  }

  /** V as float32[out, B (in + 1)]. */
  HostMatrix byOutput() {
    return all.reshape(out, count * (in + 1));
  }

  /** V_k as float32[out, in + 1]. */
  HostMatrix direction(int k) {
    return directions.get(k);
  }

  /** V_k without what stands beside the biases, float32[out, in]. */
  HostMatrix weights(int k) {
    return weights.get(k);
  }

  /** Values of one direction in this layer. */
  int length() {
    return (in + 1) * out;
  }

  void clear() {
    HostArena.clear(all.first(), (long) all.rows() * all.columns());
  }

  /** Overwrites direction {@code k} from float32[in + 1, out] on the heap. */
  void write(int k, float[] values, int offset) {
    HostMatrix direction = direction(k);
    float[] row = new float[in + 1];
    for (int unit = 0; unit < out; unit++) {
      for (int i = 0; i <= in; i++) {
        row[i] = values[offset + i * out + unit];
      }
      direction.first().getPointer((long) unit * direction.stride()).put(row, 0, row.length);
    }
  }

  /** Copies direction {@code k} to float32[in + 1, out] on the heap. */
  void read(int k, float[] values, int offset) {
    HostMatrix direction = direction(k);
    float[] row = new float[in + 1];
    for (int unit = 0; unit < out; unit++) {
      direction.first().getPointer((long) unit * direction.stride()).get(row, 0, row.length);
      for (int i = 0; i <= in; i++) {
        values[offset + i * out + unit] = row[i];
      }
    }
  }
}
