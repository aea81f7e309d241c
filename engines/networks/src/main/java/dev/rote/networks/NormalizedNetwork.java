package dev.rote.networks;

import dev.rote.blueprint.Blueprint;
import dev.rote.recipes.Recipe;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.RegularizationSpec;
import java.util.Arrays;
import java.util.function.Function;

/**
 * A network that normalises what enters: an engine's network of the blueprint behind the
 * normalisation, and {@link NormalizedInputs} before it. Its state is that of the engine's after
 * mean and deviation.
 */
public final class NormalizedNetwork implements Network {
  /* Mean and deviation, which are the first tensors. */
  private static final int STATISTICS = 2;

  private final Blueprint blueprint;
  private final NetworkState state;
  private final Network behind;
  private final NormalizedInputs inputs;

  private NormalizedNetwork(Blueprint blueprint, Recipe recipe, Network behind) {
    this.blueprint = blueprint;
    this.state = NetworkState.of(blueprint, recipe.optimizer());
    this.behind = behind;
    this.inputs = new NormalizedInputs(blueprint);
  }

  /**
   * An engine's network, normalised if the blueprint says so.
   *
   * @param recipe of both
   * @param maker of a network of a blueprint without normalisation
   */
  public static Network of(Blueprint blueprint, Recipe recipe, Function<Blueprint, Network> maker) {
    return blueprint.normalization().isPresent()
        ? new NormalizedNetwork(blueprint, recipe, maker.apply(blueprint.behindNormalization()))
        : maker.apply(blueprint);
  }

  @Override
  public Blueprint blueprint() {
    return blueprint;
  }

  @Override
  public NetworkState state() {
    return state;
  }

  @Override
  public void read(int index, float[] out) {
    if (index >= STATISTICS) {
      behind.read(index - STATISTICS, out);
      return;
    }
    float[] statistic = inputs.statistic(index);
    System.arraycopy(statistic, 0, out, 0, statistic.length);
  }

  @Override
  public void write(int index, float[] values) {
    if (index >= STATISTICS) {
      behind.write(index - STATISTICS, values);
      return;
    }
    float[] statistic = inputs.statistic(index);
    System.arraycopy(values, 0, statistic, 0, statistic.length);
  }

  @Override
  public void initialize(long seed, ModelSpec.Initialization initialization) {
    Arrays.fill(inputs.statistic(0), 0);
    Arrays.fill(inputs.statistic(1), 1);
    behind.initialize(seed, initialization);
  }

  @Override
  public double step(float[] images, Targets targets, StepSettings settings, float[] logits) {
    float[] entering = inputs.disturbed(images, targets.n(), settings);
    RegularizationSpec rest =
        settings.regularization().toBuilder().clearInputNoise().clearInputDropout().build();
    StepSettings behindInputs =
        new StepSettings(
            settings.learningRate(), settings.momentum(), rest, settings.seed(), settings.step());
    return behind.step(entering, targets, behindInputs, logits);
  }

  @Override
  public void logits(float[] images, int n, float[] logits) {
    behind.logits(inputs.of(images, n), n, logits);
  }

  @Override
  public void inputGradient(
      float[] images, int[] labels, int n, float[] gradients, float[] logits) {
    float[] ofPatches = new float[n * inputs.patchLength()];
    behind.inputGradient(inputs.of(images, n), labels, n, ofPatches, logits);
    inputs.back(ofPatches, n, gradients);
  }

  @Override
  public Directions directions(int count, int slots, Directions.Mode mode) {
    return new NormalizedDirections(behind.directions(count, slots, mode), inputs);
  }

  @Override
  public Insight insight() {
    return new NormalizedInsight(behind.insight(), inputs);
  }

  @Override
  public void close() {
    behind.close();
  }
}
