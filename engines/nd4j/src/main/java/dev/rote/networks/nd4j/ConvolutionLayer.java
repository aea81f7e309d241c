package dev.rote.networks.nd4j;

import dev.rote.blueprint.Extent;
import dev.rote.blueprint.Node;
import dev.rote.blueprint.Window;
import dev.rote.networks.StepSettings;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Cross-correlation with stride 1 and without biases (batch norm follows): x float32[N, in, H, W],
 * kernels float32[out, in, k, k].
 */
final class ConvolutionLayer implements Layer {
  private final Window window;
  private final long[] inputShape;
  private final long[] outputShape;
  private final Parameter weights;

  ConvolutionLayer(Node node, Extent input, Window window, Arena arena) {
    this.window = window;
    this.inputShape = Layer.shape(input);
    this.outputShape = Layer.shape(node.extent());
    this.weights = Parameter.of(node, arena).get(0);
  }

  Window window() {
    return window;
  }

  long[] inputShape() {
    return inputShape.clone();
  }

  Parameter weights() {
    return weights;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weights);
  }

  @Override
  public long[] outputShape() {
    return outputShape.clone();
  }

  @Override
  public Stage prepare(List<Stage.Signal> inputs, Stage.Mode mode, Arena arena) {
    Stage.Signal input = inputs.get(0);
    if (mode.training() && input.gradient() == null && Nd4jRuntime.get().onCpu()) {
      Stage.Signal output = Layer.fresh(input.examples(), outputShape, mode, arena);
      return new PatchConvolution(input, output, weights, window, arena);
    }
    return new Convolution(input, mode, arena);
  }

  private final class Convolution implements Stage {
    private final Signal output;
    private final NativeCall forward;
    private final @Nullable NativeCall backward;
    private final @Nullable INDArray weightsGradient;
    private final boolean inputWanted;

    Convolution(Signal input, Mode mode, Arena arena) {
      INDArray x = input.value();
      INDArray w = weights.value();
      this.output = Layer.fresh(input.examples(), outputShape, mode, arena);
      long[] arguments = NativeCall.slide(window, false);
      this.forward =
          NativeCall.of(
              "conv2d", new INDArray[] {x, w}, new INDArray[] {output.value()}, arguments);
      INDArray dy = output.gradient();
      if (dy == null) {
        this.weightsGradient = null;
        this.backward = null;
        this.inputWanted = false;
      } else {
        INDArray dx = input.gradient();
        this.inputWanted = dx != null;
        INDArray dxOrScratch = dx != null ? dx : arena.zeros(x.shape());
        this.weightsGradient = arena.zeros(w.shape());
        this.backward =
            NativeCall.of(
                "conv2d_bp",
                new INDArray[] {x, w, dy},
                new INDArray[] {dxOrScratch, weightsGradient},
                arguments);
      }
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
    public void backward(@Nullable StepSettings settings) {
      if (backward != null && (settings != null || inputWanted)) {
        backward.run();
      }
      if (settings != null) {
        weights.update(Objects.requireNonNull(weightsGradient), settings);
      }
    }
  }
}
