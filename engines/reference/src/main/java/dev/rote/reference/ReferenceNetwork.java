package dev.rote.reference;

import dev.rote.blueprint.Ability;
import dev.rote.blueprint.Blueprint;
import dev.rote.networks.Directions;
import dev.rote.networks.Engines;
import dev.rote.networks.InputPatch;
import dev.rote.networks.Insight;
import dev.rote.networks.Network;
import dev.rote.networks.NetworkState;
import dev.rote.networks.Noise;
import dev.rote.networks.StepSettings;
import dev.rote.networks.Targets;
import dev.rote.recipes.CrossEntropy;
import dev.rote.recipes.Recipe;
import dev.rote.v1.ModelSpec;
import java.util.Arrays;
import java.util.List;

/** A network of a blueprint's layers. */
final class ReferenceNetwork implements Network {
  private final Blueprint blueprint;
  private final Recipe recipe;
  private final NetworkState state;
  private final LayerGraph layers;
  private final List<Parameter> parameters;
  private final InputPatch patch;
  private final int classes;

  ReferenceNetwork(Blueprint blueprint, Recipe recipe) {
    this.blueprint = blueprint;
    this.recipe = recipe;
    this.state = NetworkState.of(blueprint, recipe.optimizer());
    this.layers = new LayerGraph(blueprint);
    this.parameters = layers.parameters();
    this.parameters.forEach(parameter -> parameter.keep(recipe));
    this.patch = InputPatch.of(blueprint);
    this.classes = blueprint.classes();
  }

  @Override
  public Blueprint blueprint() {
    return blueprint;
  }

  @Override
  public NetworkState state() {
    return state;
  }

  private List<Parameter> trained() {
    return parameters.stream().filter(Parameter::trained).toList();
  }

  /** The array behind a tensor. */
  private float[] array(int index) {
    NetworkState.Entry entry = state.entries().get(index);
    Parameter parameter = parameters.get(entry.parameter());
    return entry.isValue() ? parameter.value() : parameter.slots().get(entry.slot());
  }

  @Override
  public void read(int index, float[] out) {
    float[] array = array(index);
    System.arraycopy(array, 0, out, 0, array.length);
  }

  @Override
  public void write(int index, float[] values) {
    float[] array = array(index);
    System.arraycopy(values, 0, array, 0, array.length);
  }

  @Override
  public void initialize(long seed, ModelSpec.Initialization initialization) {
    state.start(seed, initialization, (p, values) -> parameters.get(p).restart(values));
  }

  @Override
  public double step(float[] inputs, Targets targets, StepSettings settings, float[] wanted) {
    int n = targets.n();
    double[] logits = layers.forward(noisy(cropped(inputs, n), settings), n, settings);
    if (wanted.length > 0) {
      round(logits, wanted);
    }
    double[] gradients = new double[n * classes];
    double[] gradient = new double[classes];
    double total = 0;
    for (int i = 0; i < n; i++) {
      double[] z = Arrays.copyOfRange(logits, i * classes, (i + 1) * classes);
      total += targets.differentiate(recipe.loss(), z, i, gradient);
      System.arraycopy(gradient, 0, gradients, i * classes, classes);
    }
    layers.backward(gradients, n);
    double clipping = recipe.fusible() ? 1 : recipe.clipping(gradientNorm());
    trained().forEach(parameter -> parameter.update(recipe, settings, clipping));
    return total;
  }

  private double gradientNorm() {
    double squares = 0;
    for (Parameter parameter : trained()) {
      for (double each : parameter.gradient()) {
        squares += each * each;
      }
    }
    return Math.sqrt(squares);
  }

  @Override
  public void logits(float[] inputs, int n, float[] logits) {
    round(layers.forward(widened(cropped(inputs, n)), n, null), logits);
  }

  @Override
  public void inputGradient(
      float[] inputs, int[] labels, int n, float[] gradients, float[] logits) {
    double[] computed = layers.forward(widened(cropped(inputs, n)), n, null);
    round(computed, logits);
    double[] start = new double[n * classes];
    double[] gradient = new double[classes];
    for (int i = 0; i < n; i++) {
      double[] z = Arrays.copyOfRange(computed, i * classes, (i + 1) * classes);
      int label = labels[i] < 0 ? largest(z) : labels[i];
      CrossEntropy.PLAIN.differentiate(z, label, gradient);
      System.arraycopy(gradient, 0, start, i * classes, classes);
    }
    float[] ofPatches = new float[n * patch.length()];
    round(layers.backward(start, n), ofPatches);
    /* No step: what the layers have gathered for their parameters is not wanted. */
    layers.forget();
    patch.paste(ofPatches, n, gradients);
  }

  private static int largest(double[] z) {
    int best = 0;
    for (int k = 1; k < z.length; k++) {
      if (z[k] > z[best]) {
        best = k;
      }
    }
    return best;
  }

  /** Gaussian noise, then inverted dropout. */
  private static double[] noisy(float[] inputs, StepSettings settings) {
    double[] noisy = widened(inputs);
    float[] draws = new float[inputs.length];
    double sigma = settings.regularization().getInputNoise();
    if (sigma != 0) {
      Noise.gaussian(settings, "input-noise", sigma, draws, draws.length);
      for (int i = 0; i < noisy.length; i++) {
        noisy[i] += draws[i];
      }
    }
    double rate = settings.regularization().getInputDropout();
    if (rate != 0) {
      Noise.dropout(settings, "input-dropout", rate, draws, draws.length);
      for (int i = 0; i < noisy.length; i++) {
        noisy[i] *= draws[i];
      }
    }
    return noisy;
  }

  private float[] cropped(float[] inputs, int n) {
    return cropped(patch, inputs, n);
  }

  static float[] cropped(InputPatch patch, float[] inputs, int n) {
    float[] patches = new float[n * patch.length()];
    patch.cut(inputs, n, patches);
    return patches;
  }

  static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  static void round(double[] values, float[] out) {
    for (int i = 0; i < values.length; i++) {
      out[i] = (float) values[i];
    }
  }

  @Override
  public Directions directions(int count, int slots, Directions.Mode mode) {
    if (count < 1 || slots < 0) {
      throw new IllegalArgumentException(
          "directions must be at least 1 and slots at least 0, were " + count + " and " + slots);
    }
    Engines.require(blueprint, Ability.SECOND_DERIVATIVES);
    return new ReferenceDirections(
        layers, parameters, recipe.loss(), patch, classes, count, slots, mode);
  }

  @Override
  public Insight insight() {
    return new ReferenceInsight(blueprint, recipe.loss(), layers, patch);
  }

  /** Nothing: all is on the heap. */
  @Override
  public void close() {}
}
