package dev.rote.networks.nd4j;

import dev.rote.networks.Architecture;
import dev.rote.networks.Directions;
import dev.rote.networks.Initializer;
import dev.rote.networks.InputPatch;
import dev.rote.networks.Network;
import dev.rote.networks.NetworkInputs;
import dev.rote.networks.ParameterShape;
import dev.rote.networks.ParameterShape.Role;
import dev.rote.networks.StepSettings;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A stack of layers, and its prepared passes. */
final class Nd4jNetwork implements Network {
  /** Batch sizes kept prepared for training: that of an epoch's batches and of its last one. */
  private static final int TRAINING_PASSES = 3;

  private record Key(int n, Stage.Mode mode) {}

  private final Architecture architecture;
  private final int threads;
  private final ThreadGate gate;
  private final Arena arena;
  private final List<Layer> layers;
  private final List<Parameter> parameters;
  private final InputPatch patch;
  private final NetworkInputs entering;
  private final long[] inputShape;
  private final SoftmaxLoss loss;
  private final Inference inference;
  private final Map<Key, Pass> trainingPasses = new LinkedHashMap<>(16, 0.75f, true);
  private float[] logitScratch = new float[0];

  private Nd4jNetwork(
      Architecture architecture, int threads, ThreadGate gate, Arena arena, List<Layer> layers) {
    this.architecture = architecture;
    this.threads = threads;
    this.gate = gate;
    this.arena = arena;
    this.layers = layers;
    this.parameters = layers.stream().flatMap(l -> l.parameters().stream()).toList();
    this.patch = InputPatch.of(architecture);
    this.entering = new NetworkInputs(patch);
    this.inputShape =
        architecture.model().hasCnn() ? patch.croppedShape() : new long[] {patch.length()};
    this.loss = new SoftmaxLoss(architecture.classes());
    this.inference = new Inference(layers, inputShape, architecture.classes(), threads, gate);
  }

  static Nd4jNetwork create(Architecture architecture, int threads, ThreadGate gate) {
    Arena arena = new Arena(threads);
    try {
      List<Layer> layers = LayerStack.of(architecture, arena);
      return new Nd4jNetwork(architecture, threads, gate, arena, layers);
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
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
    return parameters.stream().filter(p -> p.shape().role().trained()).toList();
  }

  @Override
  public long parameters() {
    return trained().stream().mapToLong(Parameter::length).sum();
  }

  @Override
  public void read(int index, float[] out) {
    if (index < parameters.size()) {
      Parameter parameter = parameters.get(index);
      Arena.copyOut(parameter.value(), out, 0, parameter.length());
      return;
    }
    Parameter parameter = trained().get(index - parameters.size());
    if (parameter.hasMomentum()) {
      Arena.copyOut(parameter.momentum(), out, 0, parameter.length());
    } else {
      Arrays.fill(out, 0, parameter.length(), 0);
    }
  }

  @Override
  public void write(int index, float[] values) {
    int momentum = index - parameters.size();
    Parameter parameter = momentum < 0 ? parameters.get(index) : trained().get(momentum);
    INDArray array = momentum < 0 ? parameter.value() : parameter.momentum();
    Arena.copyIn(values, 0, parameter.length(), array);
  }

  @Override
  public void initialize(long seed, ModelSpec.Initialization initialization) {
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      float[] values = new float[parameter.length()];
      if (parameter.shape().role() == Role.WEIGHTS) {
        Initializer.draw(seed, initialization, i, parameter.shape().fans(), values);
      } else {
        Arrays.fill(values, parameter.shape().role().start());
      }
      write(i, values);
    }
    trained().stream().filter(Parameter::hasMomentum).forEach(p -> p.momentum().assign(0));
  }

  @Override
  public double step(float[] inputs, int[] labels, double[] weights, int n, StepSettings settings) {
    double[] result = new double[1];
    gate.run(threads, () -> result[0] = trainOn(inputs, labels, weights, n, settings));
    return result[0];
  }

  private double trainOn(
      float[] inputs, int[] labels, double[] weights, int n, StepSettings settings) {
    boolean noisy =
        settings.regularization().getDropout() != 0
            || settings.regularization().getHiddenNoise() != 0;
    Pass pass = trainingPass(n, noisy ? Stage.Mode.NOISY_TRAINING : Stage.Mode.TRAINING);
    float[] prepared = entering.disturbed(inputs, n, settings);
    logitScratch = atLeast(logitScratch, n * architecture.classes());
    pass.forward(prepared, 0, n, logitScratch, 0, settings);
    double total = loss.gradients(logitScratch, labels, weights, n);
    pass.backward(logitScratch, 0, n, settings);
    return total;
  }

  @Override
  public void logits(float[] inputs, int n, float[] logits) {
    inference.logits(entering.cropped(inputs, n), n, logits);
  }

  @Override
  public void inputGradient(
      float[] inputs, int[] labels, int n, float[] gradients, float[] logits) {
    boolean crops = patch.crop() != 0;
    float[] patches = crops ? new float[n * patch.length()] : gradients;
    inference.gradients(entering.cropped(inputs, n), labels, n, patches, logits);
    if (crops) {
      patch.paste(patches, n, gradients);
    }
  }

  @Override
  public Directions directions(int count, int slots) {
    return Nd4jDirections.of(layers, gate, count, slots);
  }

  private Pass trainingPass(int n, Stage.Mode mode) {
    Key key = new Key(n, mode);
    Pass pass = trainingPasses.get(key);
    if (pass == null) {
      if (trainingPasses.size() == TRAINING_PASSES) {
        Key eldest = trainingPasses.keySet().iterator().next();
        Objects.requireNonNull(trainingPasses.remove(eldest)).close();
      }
      pass = new Pass(new Arena(threads), layers, inputShape, n, mode);
      trainingPasses.put(key, pass);
    }
    return pass;
  }

  private static float[] atLeast(float[] scratch, int length) {
    return scratch.length >= length ? scratch : new float[length];
  }

  @Override
  public void close() {
    trainingPasses.values().forEach(Pass::close);
    trainingPasses.clear();
    inference.close();
    arena.close();
  }
}
