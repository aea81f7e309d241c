package dev.rote.networks.nd4j;

import dev.rote.networks.StepSettings;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** All stages of a network at one batch size and mode, with their buffers. */
final class Pass implements AutoCloseable {
  private final Arena arena;
  private final Stage.Signal input;
  private final StageChain stages;
  private final int classes;

  /**
   * Prepares all stages.
   *
   * @param arena an empty one, closed with the pass
   */
  Pass(Arena arena, List<Layer> layers, long[] inputShape, int n, Stage.Mode mode) {
    this.arena = arena;
    long[] shape = Layer.batch(n, inputShape);
    boolean inputGradient = mode == Stage.Mode.INPUT_GRADIENT;
    this.input = new Stage.Signal(arena.zeros(shape), inputGradient ? arena.zeros(shape) : null);
    this.stages = new StageChain(input);
    stages.prepare(layers, mode, arena);
    this.classes = (int) stages.output().width();
  }

  /** Runs forward on the first {@code n} inputs and copies their logits out. */
  void forward(
      float[] inputs,
      int inputOffset,
      int n,
      float[] logits,
      int logitsOffset,
      @Nullable StepSettings settings) {
    Arena.copyIn(inputs, inputOffset, n * (int) input.width(), input.value());
    stages.forward(settings);
    Arena.copyOut(stages.output().value(), logits, logitsOffset, n * classes);
  }

  /** Runs backward from the gradients of the first {@code n} logits. */
  void backward(float[] gradients, int offset, int n, @Nullable StepSettings settings) {
    Arena.copyIn(
        gradients, offset, n * classes, Objects.requireNonNull(stages.output().gradient()));
    stages.backward(settings);
  }

  void inputGradients(int n, float[] gradients, int offset) {
    INDArray dx = Objects.requireNonNull(input.gradient());
    Arena.copyOut(dx, gradients, offset, n * (int) input.width());
  }

  @Override
  public void close() {
    arena.close();
  }
}
