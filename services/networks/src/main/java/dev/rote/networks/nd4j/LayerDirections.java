package dev.rote.networks.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The parts of K directions that belong to one dense layer: V float32[out, K, in] beside its
 * weights, v float32[K, out] beside its biases.
 *
 * <p>In this order of axes a product of V with a batch that sums over inputs, one that sums over
 * outputs, and an update by an outer product of two batches are one matrix product each.
 */
final class LayerDirections {
  private final INDArray weights;
  private final INDArray biases;
  private final INDArray matrix;
  private final INDArray row;
  private final long in;
  private final long out;
  private final long count;

  LayerDirections(DenseLayer layer, long count, Arena arena) {
    this.count = count;
    this.weights = layer.weights().value();
    this.in = weights.size(0);
    this.out = weights.size(1);
    this.matrix = arena.zeros(out, count, in);
    this.row = arena.zeros(count, out);
    this.biases = row.reshape('c', 1, count * out);
  }

  long in() {
    return in;
  }

  long out() {
    return out;
  }

  /** K. */
  long count() {
    return count;
  }

  /** W float32[in, out]. */
  INDArray weights() {
    return weights;
  }

  /** V as float32[out K, in]. */
  INDArray byInput() {
    return matrix.reshape('c', out * count, in);
  }

  /** V as float32[out, K in]. */
  INDArray byOutput() {
    return matrix.reshape('c', out, count * in);
  }

  /** v as float32[1, K out]. */
  INDArray biases() {
    return biases;
  }

  /** Values of one direction in this layer. */
  int length() {
    return Math.toIntExact((in + 1) * out);
  }

  void clear() {
    matrix.assign(0);
    row.assign(0);
  }

  /** Overwrites direction {@code k} with float32[in, out] and float32[1, out]. */
  void assign(int k, INDArray ofWeights, INDArray ofBiases) {
    ofWeightsAt(k).assign(ofWeights.transpose());
    row.getRow(k).assign(ofBiases.reshape(out));
  }

  /** Overwrites direction {@code k} from float32[in, out], then float32[out], on the heap. */
  void write(int k, float[] values, int offset) {
    try (Arena arena = new Arena(1)) {
      INDArray ofWeights = arena.zeros(in, out);
      INDArray ofBiases = arena.zeros(1, out);
      int length = (int) (in * out);
      Arena.copyIn(values, offset, length, ofWeights);
      Arena.copyIn(values, offset + length, (int) out, ofBiases);
      assign(k, ofWeights, ofBiases);
    }
  }

  /** Copies direction {@code k} to float32[in, out], then float32[out], on the heap. */
  void read(int k, float[] values, int offset) {
    try (Arena arena = new Arena(1)) {
      INDArray ofWeights = arena.zeros(in, out);
      INDArray ofBiases = arena.zeros(out);
      ofWeights.assign(ofWeightsAt(k).transpose());
      ofBiases.assign(row.getRow(k));
      int length = (int) (in * out);
      Arena.copyOut(ofWeights, values, offset, length);
      Arena.copyOut(ofBiases, values, offset + length, (int) out);
    }
  }

  /** V_k as float32[out, in]. */
  private INDArray ofWeightsAt(int k) {
    return matrix.get(NDArrayIndex.all(), NDArrayIndex.point(k), NDArrayIndex.all());
  }
}
