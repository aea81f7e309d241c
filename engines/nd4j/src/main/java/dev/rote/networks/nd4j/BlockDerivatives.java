package dev.rote.networks.nd4j;

import java.util.ArrayList;
import java.util.List;

/**
 * Second derivatives of a multilayer perceptron along blocks of B directions (V) at one batch size.
 * With δ = ∂L/∂z of a layer {@code z = x W}, and a dot for a derivative along a direction:
 *
 * <p>{@code ż = ẋ W + x V}; {@code T = δ̇ Wᵀ + δ Vᵀ}, the derivative of ∂L/∂x; {@code R{dW} = ẋᵀ δ
 * + xᵀ δ̇}. Where x comes out of a ReLU, ẋ is {@code 1[x > 0]} times ż of the layer below, and δ̇
 * of the layer below is {@code 1[x > 0] T}.
 */
final class BlockDerivatives {
  private final BatchGradients batch;
  private final int count;
  private final List<Stage> stages = new ArrayList<>();

  /**
   * Of one layer.
   *
   * @param tangents ż, float32[out, B, n]
   * @param adjoints δ̇, float32[out, B, n]
   * @param tangentsOf of each direction, float32[out, n]
   * @param adjointsOf of each direction, float32[out, n]
   * @param copy of one of them on the heap
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Stage(
      HostMatrix tangents,
      HostMatrix adjoints,
      List<HostMatrix> tangentsOf,
      List<HostMatrix> adjointsOf,
      float[] copy) {
    static Stage of(int out, int count, int n, HostArena arena) {
      HostMatrix tangents = arena.zeros(out, count * n);
      HostMatrix adjoints = arena.zeros(out, count * n);
      List<HostMatrix> tangentsOf = new ArrayList<>();
      List<HostMatrix> adjointsOf = new ArrayList<>();
      for (int k = 0; k < count; k++) {
        tangentsOf.add(tangents.columns(k * n, n));
        adjointsOf.add(adjoints.columns(k * n, n));
      }
      return new Stage(tangents, adjoints, tangentsOf, adjointsOf, new float[out * count * n]);
    }
  }

  /** What becomes of the directions: {@code λ = keep λ + gain ∇² λ}. */
  record Change(double keepWeights, double keepBiases, double gain) {}

  /**
   * @param like a block of as many directions as all that are to come
   */
  BlockDerivatives(BatchGradients batch, DirectionBlock like, HostArena arena) {
    this.batch = batch;
    this.count = like.count();
    for (LayerDirections layer : like.layers()) {
      stages.add(Stage.of(layer.out(), count, batch.n(), arena));
    }
  }

  /** Computes ż of all layers, and δ̇ of the last. */
  void forward(DirectionBlock block, Repeated repeated) {
    int n = batch.n();
    for (int layer = 0; layer < stages.size(); layer++) {
      LayerDirections directions = block.layers().get(layer);
      HostMatrix tangents = stages.get(layer).tangents();
      tangents
          .reshape(directions.out() * count, n)
          .product(1, directions.byInput(), batch.inputs(layer).transpose(), 0);
      if (layer > 0) {
        HostMatrix below = stages.get(layer - 1).tangents();
        tangents.product(1, batch.weights(layer).transpose(), below, 1);
      }
      if (layer < stages.size() - 1) {
        repeated.mask(layer + 1, tangents, stages.get(layer).copy());
      }
    }
    Stage last = stages.get(stages.size() - 1);
    last.tangents().get(last.copy());
    repeated.differentiate(last.copy(), count * n);
    last.adjoints().put(last.copy());
  }

  /** Computes δ̇ of the other layers and changes the directions of all but the first. */
  void backward(DirectionBlock block, Repeated repeated, Change change) {
    for (int layer = stages.size() - 1; layer > 0; layer--) {
      LayerDirections directions = block.layers().get(layer);
      HostMatrix deltas = batch.deltas(layer).transpose();
      Stage below = stages.get(layer - 1);
      below.adjoints().product(1, batch.weights(layer), stages.get(layer).adjoints(), 0);
      for (int k = 0; k < count; k++) {
        HostMatrix weights = directions.weights(k).transpose();
        below.adjointsOf().get(k).product(1, weights, deltas, 1);
      }
      change(layer, directions, change);
      for (int k = 0; k < count; k++) {
        HostMatrix tangents = below.tangentsOf().get(k).transpose();
        directions.weights(k).product(change.gain(), deltas, tangents, 1);
      }
      repeated.mask(layer, below.adjoints(), below.copy());
    }
  }

  /** Changes the directions of the first layer, after {@link #backward}. */
  void finish(DirectionBlock block, Change change) {
    change(0, block.layers().get(0), change);
  }

  /** {@code V = keep V + gain xᵀ δ̇} */
  private void change(int layer, LayerDirections directions, Change change) {
    HostMatrix v = directions.byInput();
    HostMatrix adjoints = stages.get(layer).adjoints().reshape(v.rows(), batch.n());
    HostMatrix x = batch.inputs(layer);
    if (change.keepWeights() == change.keepBiases()) {
      v.product(change.gain(), adjoints, x, change.keepWeights());
      return;
    }
    int in = directions.in();
    v.columns(0, in).product(change.gain(), adjoints, x.columns(0, in), change.keepWeights());
    v.columns(in, 1).product(change.gain(), adjoints, x.columns(in, 1), change.keepBiases());
  }

  /** δ̇ of the first layer, float32[out, B, n], on the heap until the next call. */
  float[] firstAdjoints() {
    Stage first = stages.get(0);
    first.adjoints().get(first.copy());
    return first.copy();
  }
}
