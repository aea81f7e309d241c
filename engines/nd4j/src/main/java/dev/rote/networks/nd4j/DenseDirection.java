package dev.rote.networks.nd4j;

import dev.rote.networks.StepSettings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A dense layer along a direction (V, v): {@code ẏ = ẋ W + x V + v}; derivatives of dx: {@code dẏ
 * Wᵀ + dy Vᵀ}, of dW: {@code xᵀ dẏ + ẋᵀ dy}, of db: {@code 1ᵀ dẏ}.
 */
final class DenseDirection implements DirectionStage {
  private final Signal output;
  private final MatrixProduct ofDot;
  private final MatrixProduct ofWeights;
  private final @Nullable NativeCall addBiases;
  private final MatrixProduct belowByWeights;
  private final MatrixProduct belowByDirection;
  private final MatrixProduct weightsProduct;
  private final MatrixProduct weightsProductOfDot;
  private final MatrixProduct weightsGradient;
  private final List<MatrixProduct> biasesProduct = new ArrayList<>();
  private final List<MatrixProduct> biasesGradient = new ArrayList<>();

  /**
   * @param w W
   */
  DenseDirection(DirectionOf of, INDArray w, Arena arena) {
    long n = of.dot().examples();
    long in = w.size(0);
    this.output = Layer.fresh(n, new long[] {w.size(1)}, Mode.INPUT_GRADIENT, arena);
    INDArray x = of.input().value().reshape('c', n, in);
    INDArray dot = of.dot().value().reshape('c', n, in);
    INDArray below = of.dot().wanted().reshape('c', n, in);
    INDArray y = output.value();
    INDArray dyDot = output.wanted();
    INDArray dy = of.output().wanted();
    INDArray v = of.along().get(0);
    INDArray product = of.products().get(0);
    this.ofDot = arena.product(dot, false, w, false, y);
    this.ofWeights = arena.product(x, false, v, false, y);
    this.belowByWeights = arena.product(dyDot, false, w, true, below);
    this.belowByDirection = arena.product(dy, false, v, true, below);
    this.weightsProduct = arena.product(x, true, dyDot, false, product);
    this.weightsProductOfDot = arena.product(dot, true, dy, false, product);
    this.weightsGradient = arena.product(x, true, dy, false, product);
    boolean biased = of.along().size() > 1;
    this.addBiases = biased ? NativeCall.elementwise("biasadd", y, of.along().get(1), y) : null;
    if (biased) {
      INDArray ones = arena.filled(1, 1, n);
      INDArray row = of.products().get(1).reshape('c', 1, w.size(1));
      biasesProduct.add(arena.product(ones, false, dyDot, false, row));
      biasesGradient.add(arena.product(ones, false, dy, false, row));
    }
  }

  @Override
  public Signal output() {
    return output;
  }

  @Override
  public void forward(@Nullable StepSettings settings) {
    ofDot.run();
    ofWeights.run(1, 1);
    if (addBiases != null) {
      addBiases.run();
    }
  }

  @Override
  public void backward(@Nullable StepSettings settings) {
    belowByWeights.run();
    belowByDirection.run(1, 1);
    weightsProduct.run();
    weightsProductOfDot.run(1, 1);
    biasesProduct.forEach(MatrixProduct::run);
  }

  @Override
  public void gradients() {
    weightsGradient.run();
    biasesGradient.forEach(MatrixProduct::run);
  }
}
