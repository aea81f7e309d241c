package dev.rote.networks.nd4j;

import dev.rote.networks.StepSettings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** All stages of a network at one batch size and mode, with their buffers. */
final class Pass implements AutoCloseable {
  private final Arena arena;
  private final Stage.Signal input;
  private final List<Stage> stages = new ArrayList<>();
  private final Stage.Signal logits;
  private final int classes;

  /**
   * Prepares all stages.
   *
   * @param arena an empty one, closed with the pass
   * @param parts the first of which reads what enters the network, as there is nothing else yet
   */
  Pass(Arena arena, List<Part> parts, long[] inputShape, int n, Stage.Mode mode) {
    this.arena = arena;
    long[] shape = Layer.batch(n, inputShape);
    boolean inputGradient = mode == Stage.Mode.INPUT_GRADIENT;
    this.input = new Stage.Signal(arena.zeros(shape), inputGradient ? arena.zeros(shape) : null);
    int[] readers = Part.readers(parts);
    int entry = parts.get(0).inputs().get(0);
    Map<Integer, Deque<Stage.Signal>> unread = new HashMap<>();
    Stage.Signal last = input;
    unread.put(entry, branches(input, readers[entry]));
    for (Part part : parts) {
      List<Stage.Signal> inputs =
          part.inputs().stream().map(i -> Objects.requireNonNull(unread.get(i)).remove()).toList();
      Stage stage = part.layer().prepare(inputs, mode, arena);
      stages.add(stage);
      last = stage.output();
      unread.put(part.output(), branches(last, readers[part.output()]));
    }
    this.logits = last;
    this.classes = (int) logits.width();
  }

  private Deque<Stage.Signal> branches(Stage.Signal output, int readers) {
    if (readers < 2) {
      return new ArrayDeque<>(List.of(output));
    }
    Branches branches = new Branches(output, readers, arena);
    stages.add(branches);
    return new ArrayDeque<>(branches.signals());
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
    for (Stage stage : stages) {
      stage.forward(settings);
    }
    Arena.copyOut(this.logits.value(), logits, logitsOffset, n * classes);
  }

  /** Runs backward from the gradients of the first {@code n} logits. */
  void backward(float[] gradients, int offset, int n, @Nullable StepSettings settings) {
    Arena.copyIn(gradients, offset, n * classes, Objects.requireNonNull(logits.gradient()));
    for (int i = stages.size() - 1; i >= 0; i--) {
      stages.get(i).backward(settings);
    }
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
