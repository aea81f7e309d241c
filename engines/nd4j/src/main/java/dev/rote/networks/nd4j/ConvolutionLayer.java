package dev.rote.networks.nd4j;

import dev.rote.blueprint.Convolution;
import dev.rote.blueprint.Extent;
import dev.rote.blueprint.Node;
import dev.rote.blueprint.Window;
import dev.rote.networks.StepSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Cross-correlation: x float32[N, in, H, W], kernels float32[out, in / groups, k, k], biases
 * float32[out] where there are any.
 */
final class ConvolutionLayer implements Layer {
  private final Convolution op;
  private final long[] inputShape;
  private final long[] outputShape;
  private final Parameter weights;
  private final @Nullable Parameter biases;

  ConvolutionLayer(Node node, Extent input, Convolution op, Arena arena) {
    this.op = op;
    this.inputShape = Layer.shape(input);
    this.outputShape = Layer.shape(node.extent());
    List<Parameter> all = Parameter.of(node, arena);
    this.weights = all.get(0);
    this.biases = all.size() > 1 ? all.get(1) : null;
  }

  Window window() {
    return op.window();
  }

  int groups() {
    return op.groups();
  }

  /** Whether it has stride 1, and neither groups nor biases. */
  boolean isPlain() {
    return op.window().stride() == 1 && op.groups() == 1 && biases == null;
  }

  long[] inputShape() {
    return inputShape.clone();
  }

  Parameter weights() {
    return weights;
  }

  @Nullable Parameter biases() {
    return biases;
  }

  @Override
  public List<Parameter> parameters() {
    return biases == null ? List.of(weights) : List.of(weights, biases);
  }

  @Override
  public long[] outputShape() {
    return outputShape.clone();
  }

  /* The native library has no groups, and is slow where nobody asks for the input's gradient. */
  @Override
  public Stage prepare(List<Stage.Signal> inputs, Stage.Mode mode, Arena arena) {
    Stage.Signal input = inputs.get(0);
    boolean first = mode.training() && input.gradient() == null && Nd4jRuntime.get().onCpu();
    if (first || op.groups() > 1) {
      Stage.Signal output = Layer.fresh(input.examples(), outputShape, mode, arena);
      return new PatchConvolution(input, output, this, mode, arena);
    }
    return new Native(input, mode, arena);
  }

  @Override
  public Stage prepareDirection(DirectionOf of, Arena arena) {
    return new ConvolutionDirection(of, this, arena);
  }

  private final class Native implements Stage, ExampleNorms {
    private final Signal output;
    private final NativeCall forward;
    private final @Nullable NativeCall backward;
    private final List<INDArray> gradients = new ArrayList<>();
    private final boolean inputWanted;
    private final @Nullable PatchNorms norms;

    Native(Signal input, Mode mode, Arena arena) {
      this.output = Layer.fresh(input.examples(), outputShape, mode, arena);
      this.norms =
          mode == Mode.EXAMPLE_NORMS
              ? new PatchNorms(input, output, ConvolutionLayer.this, arena)
              : null;
      long[] arguments = NativeCall.slide(op.window(), false);
      List<INDArray> operands = new ArrayList<>(List.of(input.value()));
      parameters().forEach(parameter -> operands.add(parameter.value()));
      this.forward =
          NativeCall.of(
              "conv2d",
              operands.toArray(INDArray[]::new),
              new INDArray[] {output.value()},
              arguments);
      INDArray dy = output.gradient();
      INDArray dx = input.gradient();
      this.inputWanted = dy != null && dx != null;
      if (dy == null) {
        this.backward = null;
        return;
      }
      operands.add(dy);
      List<INDArray> results = new ArrayList<>();
      results.add(dx != null ? dx : arena.zeros(input.value().shape()));
      parameters().forEach(parameter -> gradients.add(arena.zeros(parameter.value().shape())));
      results.addAll(gradients);
      this.backward =
          NativeCall.of(
              "conv2d_bp",
              operands.toArray(INDArray[]::new),
              results.toArray(INDArray[]::new),
              arguments);
    }

    @Override
    public Signal output() {
      return output;
    }

    @Override
    public void forward(@Nullable StepSettings settings) {
      forward.run();
    }

    @Override
    public void addNorms(double[] squares, int offset, int n) {
      Objects.requireNonNull(norms).addNorms(squares, offset, n);
    }

    @Override
    public void backward(@Nullable StepSettings settings) {
      if (backward != null && (settings != null || inputWanted)) {
        backward.run();
      }
      if (settings != null) {
        for (int p = 0; p < gradients.size(); p++) {
          parameters().get(p).update(Objects.requireNonNull(gradients.get(p)), settings);
        }
      }
    }
  }
}
