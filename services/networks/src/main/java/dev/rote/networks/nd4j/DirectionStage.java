package dev.rote.networks.nd4j;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Derivatives of one dense layer {@code z = x W + b} along all directions (V, v) at one batch size.
 * With δ = ∂L/∂z, and a dot for a derivative along a direction:
 *
 * <p>{@code ż = ẋ W + x V + v}; {@code T = δ̇ Wᵀ + δ Vᵀ}, the derivative of ∂L/∂x; {@code R{dW} =
 * ẋᵀ δ + xᵀ δ̇}; {@code R{db} = Σ_n δ̇}.
 *
 * <p>ẋ and T are float32[N, K, in], ż and δ̇ float32[N, K, out]. Where x comes out of a ReLU, ẋ is
 * {@code 1[x > 0]} times ż of the layer below, and δ̇ of the layer below is {@code 1[x > 0] T}.
 */
final class DirectionStage {
  private final INDArray tangent;
  private final INDArray adjoint;
  private final INDArray inputAdjoint;
  private final Tangents tangents;
  private final Adjoints adjoints;
  private final Updates updates;
  private final @Nullable Below below;

  /**
   * @param x what goes into the layer
   * @param delta δ, as {@link Pass} leaves it
   * @param below the stage of the layer below; none for the first
   */
  DirectionStage(
      LayerDirections layer,
      INDArray x,
      INDArray delta,
      @Nullable DirectionStage below,
      Arena arena) {
    long n = x.size(0);
    this.tangent = arena.zeros(n, layer.count(), layer.out());
    this.adjoint = arena.zeros(n, layer.count(), layer.out());
    this.inputAdjoint = below == null ? arena.zeros(n, layer.count(), layer.in()) : below.adjoint;
    INDArray swapped = arena.zeros(n, layer.out(), layer.count());
    this.tangents = Tangents.of(layer, x, swapped, tangent);
    this.adjoints = Adjoints.of(layer, delta, adjoint, inputAdjoint);
    this.updates = Updates.of(layer, x, adjoint, swapped, arena);
    this.below = below == null ? null : Below.of(layer, x, delta, below, tangent, arena);
  }

  /** ż. */
  INDArray tangent() {
    return tangent;
  }

  /** δ̇. */
  INDArray adjoint() {
    return adjoint;
  }

  /** T; already masked where it is δ̇ of a layer below. */
  INDArray inputAdjoint() {
    return inputAdjoint;
  }

  /** Computes ż; masks that of the layer below. */
  void forward() {
    tangents.run();
    if (below != null) {
      below.forward();
    }
  }

  /**
   * Computes T from δ̇, then the directions.
   *
   * @param scale factor of T
   * @param keepWeights c in {@code V = c V + gain R{dW}}
   * @param keepBiases c in {@code v = c v + gain R{db}}
   */
  void backward(double scale, double keepWeights, double keepBiases, double gain) {
    adjoints.run(scale);
    updates.run(keepWeights, keepBiases, gain);
    if (below != null) {
      below.backward(gain);
    }
  }

  /** {@code x V + v}. */
  private record Tangents(NativeCall product, NativeCall swap, NativeCall addBiases) {
    static Tangents of(LayerDirections layer, INDArray x, INDArray swapped, INDArray tangent) {
      long n = x.size(0);
      long width = layer.out() * layer.count();
      INDArray rows = tangent.reshape('c', n, width);
      return new Tangents(
          NativeCall.product(x, false, layer.byInput(), true, swapped.reshape('c', n, width)),
          NativeCall.swapLastAxes(swapped, tangent),
          NativeCall.elementwise("biasadd", rows, layer.biases().reshape(width), rows));
    }

    void run() {
      product.run();
      swap.run();
      addBiases.run();
    }
  }

  /** {@code T = δ Vᵀ + δ̇ Wᵀ}. */
  private record Adjoints(NativeCall own, NativeCall passed) {
    static Adjoints of(
        LayerDirections layer, INDArray delta, INDArray adjoint, INDArray inputAdjoint) {
      long n = delta.size(0);
      long count = layer.count();
      INDArray rows = inputAdjoint.reshape('c', n, count * layer.in());
      INDArray all = inputAdjoint.reshape('c', n * count, layer.in());
      INDArray above = adjoint.reshape('c', n * count, layer.out());
      return new Adjoints(
          NativeCall.product(delta, false, layer.byOutput(), false, rows),
          NativeCall.product(above, false, layer.weights(), true, all));
    }

    void run(double scale) {
      own.run(scale, 0);
      passed.run(scale, 1);
    }
  }

  /** {@code V += gain xᵀ δ̇}, {@code v += gain Σ_n δ̇}. */
  private record Updates(NativeCall swap, NativeCall weights, NativeCall biases) {
    static Updates of(
        LayerDirections layer, INDArray x, INDArray adjoint, INDArray swapped, Arena arena) {
      long n = x.size(0);
      long width = layer.out() * layer.count();
      INDArray rows = swapped.reshape('c', n, width);
      return new Updates(
          NativeCall.swapLastAxes(adjoint, swapped),
          NativeCall.product(rows, true, x, false, layer.byInput()),
          NativeCall.product(
              arena.filled(1, 1, n), false, adjoint.reshape('c', n, width), false, layer.biases()));
    }

    void run(double keepWeights, double keepBiases, double gain) {
      swap.run();
      weights.run(gain, keepWeights);
      biases.run(gain, keepBiases);
    }
  }

  /** {@code ẋ W}, {@code V += gain ẋᵀ δ}, and the masks of a ReLU below. */
  private record Below(
      NativeCall mask,
      NativeCall maskTangent,
      NativeCall maskAdjoint,
      NativeCall product,
      NativeCall update) {
    static Below of(
        LayerDirections layer,
        INDArray x,
        INDArray delta,
        DirectionStage below,
        INDArray tangent,
        Arena arena) {
      long n = x.size(0);
      long in = layer.in();
      long count = layer.count();
      INDArray mask = arena.zeros(n, 1, in);
      INDArray[] ones = {x, arena.filled(1, n, in)};
      INDArray inputs = below.tangent;
      return new Below(
          NativeCall.of(
              "relu_bp", ones, new INDArray[] {mask.reshape('c', n, in)}, new double[] {0}),
          NativeCall.elementwise("multiply", inputs, mask, inputs),
          NativeCall.elementwise("multiply", below.adjoint, mask, below.adjoint),
          NativeCall.product(
              inputs.reshape('c', n * count, in),
              false,
              layer.weights(),
              false,
              tangent.reshape('c', n * count, layer.out())),
          NativeCall.product(
              delta, true, inputs.reshape('c', n, count * in), false, layer.byOutput()));
    }

    void forward() {
      mask.run();
      maskTangent.run();
      product.run(1, 1);
    }

    void backward(double gain) {
      maskAdjoint.run();
      update.run(gain, 1);
    }
  }
}
