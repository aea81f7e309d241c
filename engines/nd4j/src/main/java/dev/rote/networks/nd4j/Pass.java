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

  /** By node: the stage that computes it. */
  private final Map<Integer, Integer> stageOf = new HashMap<>();

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
      stageOf.put(part.output(), stages.size());
      stages.add(stage);
      if (mode == Stage.Mode.EXAMPLE_NORMS) {
        requireNorms(part.layer(), stage);
      }
      last = stage.output();
      unread.put(part.output(), branches(last, readers[part.output()]));
    }
    this.logits = last;
    this.classes = (int) logits.width();
  }

  private static void requireNorms(Layer layer, Stage stage) {
    boolean trained = layer.parameters().stream().anyMatch(p -> p.shape().role().trained());
    if (trained && !(stage instanceof ExampleNorms)) {
      throw new IllegalStateException(stage.getClass() + " knows no norms of gradients");
    }
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

  /**
   * The same without the gradients of inputs: adds the squared norms of the examples' gradients by
   * all trained parameters.
   */
  void norms(float[] gradients, int n, double[] squares, int offset) {
    Arena.copyIn(gradients, 0, n * classes, logits.wanted());
    for (int i = stages.size() - 1; i >= 0; i--) {
      if (stages.get(i) instanceof ExampleNorms norms) {
        norms.addNorms(squares, offset, n);
      }
      stages.get(i).backward(null);
    }
  }

  /**
   * Runs forward on the first {@code n} inputs and copies outputs of nodes out, each before another
   * layer computes in its place.
   *
   * @param nodes their numbers
   * @param offset example of the outputs that the first one is
   */
  void activations(
      float[] inputs, int inputOffset, int n, List<Integer> nodes, float[][] outputs, int offset) {
    Arena.copyIn(inputs, inputOffset, n * (int) input.width(), input.value());
    for (int i = 0; i < stages.size(); i++) {
      stages.get(i).forward(null);
      for (int k = 0; k < nodes.size(); k++) {
        if (Objects.equals(stageOf.get(nodes.get(k)), i)) {
          Stage.Signal output = stages.get(i).output();
          int width = (int) output.width();
          Arena.copyOut(output.value(), outputs[k], offset * width, n * width);
        }
      }
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
