package dev.rote.networks.nd4j;

import dev.rote.networks.StepSettings;
import dev.rote.recipes.Recipe;
import dev.rote.recipes.Slot;
import java.util.ArrayList;
import java.util.List;

/**
 * The step of an optimiser that needs gradients as a whole: for its formula, or for their norm. All
 * of them are there before a parameter moves. Values are computed on the Java heap, parameters side
 * by side; sums are taken in their order, so that the number of threads does not matter.
 */
final class GatheredStep {
  private final Recipe recipe;
  private final List<Parameter> trained;
  private final Arena arena;
  private final List<Scratch> scratch = new ArrayList<>();

  /** Room of one lane: value, gradient and slots. */
  private static final class Scratch {
    private float[] value = new float[0];
    private float[] gradient = new float[0];
    private List<float[]> slots = List.of();

    void fit(int length, int count) {
      if (value.length < length) {
        value = new float[length];
        gradient = new float[length];
        List<float[]> fresh = new ArrayList<>();
        for (int s = 0; s < count; s++) {
          fresh.add(new float[length]);
        }
        slots = List.copyOf(fresh);
      }
    }
  }

  /**
   * @param arena whose threads are used
   */
  GatheredStep(Recipe recipe, List<Parameter> parameters, Arena arena) {
    this.recipe = recipe;
    this.arena = arena;
    this.trained =
        parameters.stream().filter(parameter -> parameter.shape().role().trained()).toList();
    for (int lane = 0; lane < arena.threads(); lane++) {
      scratch.add(new Scratch());
    }
  }

  /** Moves all trained parameters, after a backward pass. */
  void run(StepSettings settings) {
    double clipping =
        recipe.clipNorm() == Double.POSITIVE_INFINITY ? 1 : recipe.clipping(gradientNorm());
    arena.spread(
        trained.size(), (lane, p) -> move(trained.get(p), scratch.get(lane), clipping, settings));
  }

  private double gradientNorm() {
    double[] squares = new double[trained.size()];
    arena.spread(
        trained.size(),
        (lane, p) -> {
          Scratch room = scratch.get(lane);
          int length = take(trained.get(p), room);
          for (int i = 0; i < length; i++) {
            squares[p] += (double) room.gradient[i] * room.gradient[i];
          }
        });
    double sum = 0;
    for (double each : squares) {
      sum += each;
    }
    return Math.sqrt(sum);
  }

  /** Copies the gradient out and says how long it is. */
  private int take(Parameter parameter, Scratch room) {
    int length = parameter.length();
    room.fit(length, recipe.optimizer().slots().size());
    Arena.copyOut(parameter.gathered(), room.gradient, 0, length);
    return length;
  }

  private void move(Parameter parameter, Scratch room, double clipping, StepSettings settings) {
    int length = take(parameter, room);
    if (clipping != 1) {
      for (int i = 0; i < length; i++) {
        room.gradient[i] = (float) (clipping * room.gradient[i]);
      }
    }
    List<Slot> slots = recipe.optimizer().slots();
    for (int s = 0; s < slots.size(); s++) {
      Arena.copyOut(parameter.slot(slots.get(s)), room.slots.get(s), 0, length);
    }
    Arena.copyOut(parameter.value(), room.value, 0, length);
    recipe
        .optimizer()
        .update(
            room.value,
            room.slots,
            room.gradient,
            length,
            settings.move(recipe, parameter.shape().role()));
    Arena.copyIn(room.value, 0, length, parameter.value());
    for (int s = 0; s < slots.size(); s++) {
      Arena.copyIn(room.slots.get(s), 0, length, parameter.slot(slots.get(s)));
    }
  }
}
