package dev.rote.reference;

import dev.rote.networks.Architecture;
import dev.rote.networks.Directions;
import dev.rote.networks.Initializer;
import dev.rote.networks.InputPatch;
import dev.rote.networks.Network;
import dev.rote.networks.Noise;
import dev.rote.networks.ParameterShape;
import dev.rote.networks.ParameterShape.Role;
import dev.rote.networks.StepSettings;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Tensor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stack of layers. */
final class ReferenceNetwork implements Network {
  private final Architecture architecture;
  private final List<Layer> layers;
  private final List<Parameter> parameters;
  private final InputPatch patch;
  private final int classes;

  ReferenceNetwork(Architecture architecture) {
    this.architecture = architecture;
    this.layers = LayerStack.of(architecture);
    this.parameters = layers.stream().flatMap(layer -> layer.parameters().stream()).toList();
    this.patch = InputPatch.of(architecture);
    this.classes = architecture.classes();
  }

  @Override
  public Architecture architecture() {
    return architecture;
  }

  @Override
  public List<Tensor> tensors() {
    return ParameterShape.tensorsOf(parameters.stream().map(Parameter::shape).toList());
  }

  private List<Parameter> trained() {
    return parameters.stream().filter(Parameter::trained).toList();
  }

  @Override
  public long parameters() {
    return trained().stream().mapToLong(parameter -> parameter.value().length).sum();
  }

  /** The array behind a tensor. */
  private float[] array(int index) {
    return index < parameters.size()
        ? parameters.get(index).value()
        : trained().get(index - parameters.size()).momentum();
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
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      parameter.reset();
      if (parameter.shape().role() == Role.WEIGHTS) {
        Initializer.draw(seed, initialization, i, parameter.shape().fans(), parameter.value());
      }
    }
  }

  @Override
  public double step(float[] inputs, int[] labels, double[] weights, int n, StepSettings settings) {
    double[] logits = forward(noisy(cropped(inputs, n), settings), n, settings);
    double[] gradients = new double[n * classes];
    double total = 0;
    for (int i = 0; i < n; i++) {
      double[] z = Arrays.copyOfRange(logits, i * classes, (i + 1) * classes);
      total += weights[i] * Softmax.loss(z, labels[i]);
      double[] gradient = Softmax.gradient(Softmax.probabilities(z), labels[i], weights[i]);
      System.arraycopy(gradient, 0, gradients, i * classes, classes);
    }
    backward(gradients, n);
    trained().forEach(parameter -> parameter.update(settings));
    return total;
  }

  @Override
  public void logits(float[] inputs, int n, float[] logits) {
    round(forward(widened(cropped(inputs, n)), n, null), logits);
  }

  @Override
  public void inputGradient(
      float[] inputs, int[] labels, int n, float[] gradients, float[] logits) {
    double[] computed = forward(widened(cropped(inputs, n)), n, null);
    round(computed, logits);
    double[] start = new double[n * classes];
    for (int i = 0; i < n; i++) {
      double[] z = Arrays.copyOfRange(computed, i * classes, (i + 1) * classes);
      int label = labels[i] < 0 ? Softmax.largest(z) : labels[i];
      double[] gradient = Softmax.gradient(Softmax.probabilities(z), label, 1);
      System.arraycopy(gradient, 0, start, i * classes, classes);
    }
    float[] ofPatches = new float[n * patch.length()];
    round(backward(start, n), ofPatches);
    /* No step: what the layers have gathered for their parameters is not wanted. */
    trained().forEach(parameter -> Arrays.fill(parameter.gradient(), 0));
    patch.paste(ofPatches, n, gradients);
  }

  private double[] forward(double[] x, int n, @Nullable StepSettings settings) {
    double[] signal = x;
    for (Layer layer : layers) {
      signal = layer.forward(signal, n, settings);
    }
    return signal;
  }

  private double[] backward(double[] gradients, int n) {
    double[] signal = gradients;
    for (int i = layers.size() - 1; i >= 0; i--) {
      signal = layers.get(i).backward(signal, n);
    }
    return signal;
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
    float[] patches = new float[n * patch.length()];
    patch.cut(inputs, n, patches);
    return patches;
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  private static void round(double[] values, float[] out) {
    for (int i = 0; i < values.length; i++) {
      out[i] = (float) values[i];
    }
  }

  @Override
  public Directions directions(int count, int slots) {
    if (count < 1 || slots < 0) {
      throw new IllegalArgumentException(
          "directions must be at least 1 and slots at least 0, were " + count + " and " + slots);
    }
    if (!architecture.model().hasMlp()) {
      throw new IllegalArgumentException("second derivatives need an mlp");
    }
    List<Dense> dense =
        layers.stream().filter(Dense.class::isInstance).map(Dense.class::cast).toList();
    return new ReferenceDirections(dense, count, slots);
  }

  /** Nothing: all is on the heap. */
  @Override
  public void close() {}
}
