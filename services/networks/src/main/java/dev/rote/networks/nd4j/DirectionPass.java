package dev.rote.networks.nd4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** First and second derivatives of a multilayer perceptron at one batch size. */
final class DirectionPass implements AutoCloseable {
  private final int n;
  private final int count;
  private final Arena arena = new Arena(1);
  private final Pass pass;
  private final List<LayerDirections> directions;
  private final List<DirectionStage> stages = new ArrayList<>();
  private final List<LayerGradient> gradients = new ArrayList<>();
  private final SoftmaxCurvature softmax;
  private final float[] logits;
  private final float[] tangents;

  /**
   * @param layers of the network
   * @param directions of its dense layers, in order
   */
  DirectionPass(List<Layer> layers, long[] inputShape, int n, List<LayerDirections> directions) {
    this.n = n;
    this.directions = directions;
    this.count = (int) directions.get(0).count();
    this.pass = new Pass(new Arena(1), layers, inputShape, n, Stage.Mode.INPUT_GRADIENT);
    for (int number = 0; number < layers.size(); number++) {
      if (layers.get(number) instanceof DenseLayer) {
        prepare(pass.input(number).value(), pass.input(number + 1).gradient());
      }
    }
    int classes = (int) directions.get(directions.size() - 1).out();
    this.softmax = new SoftmaxCurvature(classes);
    this.logits = new float[n * classes];
    this.tangents = new float[n * count * classes];
  }

  private void prepare(INDArray x, @Nullable INDArray gradient) {
    INDArray delta = Objects.requireNonNull(gradient);
    int layer = stages.size();
    DirectionStage below = layer == 0 ? null : stages.get(layer - 1);
    stages.add(new DirectionStage(directions.get(layer), x, delta, below, arena));
    gradients.add(LayerGradient.of(directions.get(layer), x, delta, arena));
  }

  /** ∇L of one layer: {@code xᵀ δ} and {@code Σ_n δ}. */
  private record LayerGradient(
      INDArray ofWeights, INDArray ofBiases, NativeCall weights, NativeCall biases) {
    static LayerGradient of(LayerDirections layer, INDArray x, INDArray delta, Arena arena) {
      INDArray ofWeights = arena.zeros(layer.in(), layer.out());
      INDArray ofBiases = arena.zeros(1, layer.out());
      INDArray ones = arena.filled(1, 1, x.size(0));
      return new LayerGradient(
          ofWeights,
          ofBiases,
          NativeCall.product(x, true, delta, false, ofWeights),
          NativeCall.product(ones, false, delta, false, ofBiases));
    }
  }

  /** Runs forward and backward: first derivatives of {@code Σ_i weights_i ℓ_i}. */
  void look(float[] inputs, int[] labels, double[] weights) {
    pass.forward(inputs, 0, n, logits, 0, null);
    softmax.look(logits, n);
    softmax.gradients(labels, weights, n, logits);
    pass.backward(logits, 0, n, null);
  }

  /** Overwrites direction {@code k} with the gradient. */
  void gradient(int k) {
    for (int layer = 0; layer < gradients.size(); layer++) {
      LayerGradient gradient = gradients.get(layer);
      gradient.weights().run();
      gradient.biases().run();
      directions.get(layer).assign(k, gradient.ofWeights(), gradient.ofBiases());
    }
  }

  /**
   * Second derivatives along all directions λ, then {@code λ = keep λ + gain ∇² λ}.
   *
   * @param weights of the losses, as for {@link #look}
   * @param keepWeights keep of layers' weights
   * @param keepBiases keep of their biases
   */
  void transform(double[] weights, double keepWeights, double keepBiases, double gain) {
    stages.forEach(DirectionStage::forward);
    DirectionStage last = stages.get(stages.size() - 1);
    Arena.copyOut(last.tangent(), tangents, 0, tangents.length);
    softmax.differentiate(tangents, weights, n, count);
    Arena.copyIn(tangents, 0, tangents.length, last.adjoint());
    for (int layer = stages.size() - 1; layer >= 0; layer--) {
      double scale = layer == 0 ? gain : 1;
      stages.get(layer).backward(scale, keepWeights, keepBiases, gain);
    }
  }

  /**
   * Of the last transformation: float32[n, K, D], gain times the derivatives of ∂/∂x along the
   * directions as they were before it.
   */
  INDArray inputAdjoint() {
    return stages.get(0).inputAdjoint();
  }

  @Override
  public void close() {
    pass.close();
    arena.close();
  }
}
