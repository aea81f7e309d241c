package dev.rote.networks.nd4j;

import dev.rote.blueprint.Node;
import dev.rote.networks.StepSettings;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@code y = x W + b}, x float32[N, in], W float32[in, out]; b absent before batch norm. */
final class DenseLayer implements Layer {
  private final Parameter weights;
  private final @Nullable Parameter biases;
  private final long in;
  private final long out;

  DenseLayer(Node node, Arena arena) {
    List<Parameter> all = Parameter.of(node, arena);
    this.weights = all.get(0);
    this.biases = all.size() > 1 ? all.get(1) : null;
    this.in = weights.shape().sizes().get(0);
    this.out = weights.shape().sizes().get(1);
  }

  @Override
  public List<Parameter> parameters() {
    return biases == null ? List.of(weights) : List.of(weights, biases);
  }

  Parameter weights() {
    return weights;
  }

  int in() {
    return Math.toIntExact(in);
  }

  int out() {
    return Math.toIntExact(out);
  }

  @Override
  public long[] outputShape() {
    return new long[] {out};
  }

  @Override
  public Stage prepare(List<Stage.Signal> inputs, Stage.Mode mode, Arena arena) {
    Stage.Signal input = inputs.get(0);
    return new Dense(input, mode, arena);
  }

  @Override
  public Stage prepareDirection(DirectionOf of, Arena arena) {
    return new DenseDirection(of, weights.value(), arena);
  }

  private final class Dense implements Stage, ExampleNorms {
    private final Signal output;
    private final INDArray x;
    private final MatrixProduct product;
    private final @Nullable NativeCall addBiases;
    private final @Nullable MatrixProduct inputGradient;
    private final @Nullable Updates updates;

    Dense(Signal input, Mode mode, Arena arena) {
      long n = input.examples();
      this.output = Layer.fresh(n, outputShape(), mode, arena);
      this.x = input.value().reshape('c', n, in);
      INDArray y = output.value();
      this.product = arena.product(x, false, weights.value(), false, y);
      this.addBiases =
          biases == null ? null : NativeCall.elementwise("biasadd", y, biases.value(), y);
      INDArray dy = output.gradient();
      INDArray dx = input.gradient();
      this.inputGradient =
          dy == null || dx == null
              ? null
              : arena.product(dy, false, weights.value(), true, dx.reshape('c', n, in));
      this.updates = mode.training() ? new Updates(x, Objects.requireNonNull(dy), arena) : null;
    }

    @Override
    public Signal output() {
      return output;
    }

    @Override
    public void forward(@Nullable StepSettings settings) {
      product.run();
      if (addBiases != null) {
        addBiases.run();
      }
    }

    @Override
    public void addNorms(double[] squares, int offset, int n) {
      DenseLayer.this.addNorms(x, output.wanted(), squares, offset, n);
    }

    @Override
    public void backward(@Nullable StepSettings settings) {
      if (inputGradient != null) {
        inputGradient.run();
      }
      if (updates != null) {
        updates.run(Objects.requireNonNull(settings));
      }
    }
  }

  /** {@code ‖x‖² ‖dy‖²}, as dW = xᵀ dy of one example, and {@code ‖dy‖²} of the biases. */
  private void addNorms(INDArray x, INDArray dy, double[] squares, int offset, int n) {
    float[] inputs = new float[n * in()];
    float[] errors = new float[n * out()];
    Arena.copyOut(x, inputs, 0, inputs.length);
    Arena.copyOut(dy, errors, 0, errors.length);
    for (int i = 0; i < n; i++) {
      double ofInputs = ExampleNorms.squares(inputs, i * in(), in());
      double ofErrors = ExampleNorms.squares(errors, i * out(), out());
      squares[offset + i] += (ofInputs + (biases == null ? 0 : 1)) * ofErrors;
    }
  }

  /** dW = xᵀ dy, db = 1ᵀ dy, as products straight into the parameters or momentum buffers. */
  private final class Updates {
    private final Arena arena;
    private final INDArray x;
    private final INDArray dy;
    private final INDArray ones;
    private final MatrixProduct weightsStep;
    private final @Nullable MatrixProduct biasesStep;
    private @Nullable MatrixProduct weightsMomentum;
    private @Nullable MatrixProduct biasesMomentum;
    private @Nullable MatrixProduct weightsGradient;
    private @Nullable MatrixProduct biasesGradient;

    Updates(INDArray x, INDArray dy, Arena arena) {
      this.arena = arena;
      this.x = x;
      this.dy = dy;
      this.ones = arena.filled(1, 1, x.rows());
      this.weightsStep = arena.product(x, true, dy, false, weights.value());
      this.biasesStep =
          biases == null
              ? null
              : arena.product(ones, false, dy, false, biases.value().reshape('c', 1, out));
    }

    private void gather() {
      if (weightsGradient == null) {
        weightsGradient = arena.product(x, true, dy, false, weights.gradient());
        if (biases != null) {
          INDArray row = biases.gradient().reshape('c', 1, out);
          biasesGradient = arena.product(ones, false, dy, false, row);
        }
      }
      weightsGradient.run();
      if (biasesGradient != null) {
        biasesGradient.run();
      }
    }

    void run(StepSettings settings) {
      if (weights.gathers()) {
        gather();
        return;
      }
      boolean momentum = settings.momentum() != 0;
      if (momentum && weightsMomentum == null) {
        weightsMomentum = arena.product(x, true, dy, false, weights.momentum());
        if (biases != null) {
          INDArray row = biases.momentum().reshape('c', 1, out);
          biasesMomentum = arena.product(ones, false, dy, false, row);
        }
      }
      weights.update(weightsStep, momentum ? weightsMomentum : null, settings);
      if (biases != null) {
        biases.update(
            Objects.requireNonNull(biasesStep), momentum ? biasesMomentum : null, settings);
      }
    }
  }
}
