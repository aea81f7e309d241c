package dev.rote.networks.nd4j;

import dev.rote.recipes.Loss;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * All layers of a network at one batch size, in inference or as a step without draws has them, and
 * beside each the same along a direction.
 */
final class GraphDirectionPass implements AutoCloseable {
  private final Arena arena = new Arena(1);
  private final List<Stage> stages = new ArrayList<>();
  private final List<Stage> dotted = new ArrayList<>();
  private final List<INDArray> along = new ArrayList<>();
  private final List<INDArray> products = new ArrayList<>();
  private final Stage.Signal input;
  private final Stage.Signal dotInput;
  private final Stage.Signal logits;
  private final Stage.Signal logitDots;
  private final LossCurvature curvature;
  private final int n;
  private final int classes;
  private final float[] rows;

  /**
   * Prepares all stages.
   *
   * @param parts the first of which reads what enters the network
   * @param mode one of those for gradients by inputs
   */
  GraphDirectionPass(List<Part> parts, Loss loss, long[] inputShape, Stage.Mode mode, int n) {
    this.n = n;
    int[] readers = Part.readers(parts);
    int entry = parts.get(0).inputs().get(0);
    this.input = Layer.fresh(n, inputShape, mode, arena);
    this.dotInput = Layer.fresh(n, inputShape, mode, arena);
    Map<Integer, Deque<Stage.Signal>> unread = new HashMap<>();
    Map<Integer, Deque<Stage.Signal>> unreadDots = new HashMap<>();
    unread.put(entry, branches(input, readers[entry], stages));
    unreadDots.put(entry, branches(dotInput, readers[entry], dotted));
    Stage.Signal last = input;
    Stage.Signal lastDot = dotInput;
    for (Part part : parts) {
      List<Stage.Signal> inputs = take(part, unread);
      List<Stage.Signal> dots = take(part, unreadDots);
      Stage stage = part.layer().prepare(inputs, mode, arena);
      List<INDArray> ownAlong = buffers(part.layer());
      List<INDArray> ownProducts = buffers(part.layer());
      Stage direction =
          part.layer()
              .prepareDirection(
                  new DirectionOf(mode, inputs, stage.output(), dots, ownAlong, ownProducts),
                  arena);
      stages.add(stage);
      dotted.add(direction);
      along.addAll(ownAlong);
      products.addAll(ownProducts);
      last = stage.output();
      lastDot = direction.output();
      unread.put(part.output(), branches(last, readers[part.output()], stages));
      unreadDots.put(part.output(), branches(lastDot, readers[part.output()], dotted));
    }
    this.logits = last;
    this.logitDots = lastDot;
    this.classes = (int) logits.width();
    this.curvature = LossCurvature.of(loss, classes);
    this.rows = new float[n * classes];
  }

  private static List<Stage.Signal> take(Part part, Map<Integer, Deque<Stage.Signal>> unread) {
    return part.inputs().stream().map(i -> Objects.requireNonNull(unread.get(i)).remove()).toList();
  }

  private List<INDArray> buffers(Layer layer) {
    return layer.parameters().stream()
        .filter(parameter -> parameter.shape().role().trained())
        .map(parameter -> arena.zeros(parameter.value().shape()))
        .toList();
  }

  private Deque<Stage.Signal> branches(Stage.Signal output, int readers, List<Stage> to) {
    if (readers < 2) {
      return new ArrayDeque<>(List.of(output));
    }
    Branches branches = new Branches(output, readers, arena);
    to.add(branches);
    return new ArrayDeque<>(branches.signals());
  }

  /** Runs forward and backward: first derivatives of {@code Σ_i weights_i ℓ_i}. */
  void look(float[] inputs, int[] labels, double[] weights) {
    Arena.copyIn(inputs, 0, n * (int) input.width(), input.value());
    stages.forEach(stage -> stage.forward(null));
    Arena.copyOut(logits.value(), rows, 0, rows.length);
    curvature.look(rows, labels, n);
    curvature.gradients(weights, n, rows);
    Arena.copyIn(rows, 0, rows.length, logits.wanted());
    for (int i = stages.size() - 1; i >= 0; i--) {
      stages.get(i).backward(null);
    }
  }

  /** Overwrites a vector with the gradient of what was looked at. */
  void gradient(float[] vector) {
    for (Stage stage : dotted) {
      if (stage instanceof DirectionStage weighted) {
        weighted.gradients();
      }
    }
    products(vector);
  }

  /**
   * Overwrites a vector by its product with the second derivatives of the mean loss, which was
   * looked at.
   *
   * @param mixed float32[n, D], written: derivatives of the gradient by what enters the network
   */
  void curve(float[] vector, float[] mixed) {
    int at = 0;
    for (INDArray array : along) {
      Arena.copyIn(vector, at, (int) array.length(), array);
      at += (int) array.length();
    }
    dotted.forEach(stage -> stage.forward(null));
    Arena.copyOut(logitDots.value(), rows, 0, rows.length);
    double[] weights = new double[n];
    Arrays.fill(weights, 1.0 / n);
    float[] columns = new float[rows.length];
    WindowPatches.transpose(rows, n, classes, columns);
    curvature.repeated(weights, n, 1).differentiate(columns, n);
    WindowPatches.transpose(columns, classes, n, rows);
    Arena.copyIn(rows, 0, rows.length, logitDots.wanted());
    for (int i = dotted.size() - 1; i >= 0; i--) {
      dotted.get(i).backward(null);
    }
    products(vector);
    Arena.copyOut(dotInput.wanted(), mixed, 0, n * (int) dotInput.width());
  }

  private void products(float[] vector) {
    int at = 0;
    for (INDArray array : products) {
      Arena.copyOut(array, vector, at, (int) array.length());
      at += (int) array.length();
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
