package dev.rote.networks.nd4j;

import dev.rote.blueprint.Blueprint;
import dev.rote.networks.Directions;
import dev.rote.networks.InputPatch;
import dev.rote.networks.Insight;
import dev.rote.networks.Network;
import dev.rote.networks.NetworkInputs;
import dev.rote.networks.NetworkState;
import dev.rote.networks.StepSettings;
import dev.rote.networks.Targets;
import dev.rote.recipes.Recipe;
import dev.rote.recipes.Slot;
import dev.rote.v1.ModelSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A network's parts, and its prepared passes. */
final class Nd4jNetwork implements Network {
  /** Batch sizes kept prepared for training: that of an epoch's batches and of its last one. */
  private static final int TRAINING_PASSES = 3;

  private record Key(int n, Stage.Mode mode) {}

  private final Blueprint blueprint;
  private final Recipe recipe;
  private final NetworkState state;
  private final int threads;
  private final ThreadGate gate;
  private final Arena arena;

  /** One for each node. */
  private final List<Part> nodes;

  /** The same, some of them joined. */
  private final List<Part> parts;

  private final List<Parameter> parameters;
  private final InputPatch patch;
  private final NetworkInputs entering;
  private final long[] inputShape;
  private final LogitLoss loss;
  private final GatheredStep gathered;
  private final Inference inference;
  private final Inference byNode;
  private final Map<Key, Pass> trainingPasses = new LinkedHashMap<>(16, 0.75f, true);
  private float[] logitScratch = new float[0];

  private Nd4jNetwork(
      Blueprint blueprint, Recipe recipe, int threads, ThreadGate gate, Arena arena) {
    this.nodes = Part.of(blueprint, arena);
    this.parts = Nd4jRuntime.get().onCpu() ? TrunkFusion.of(blueprint, nodes) : nodes;
    this.blueprint = blueprint;
    this.recipe = recipe;
    this.state = NetworkState.of(blueprint, recipe.optimizer());
    this.threads = threads;
    this.gate = gate;
    this.arena = arena;
    this.parameters = parts.stream().flatMap(part -> part.layer().parameters().stream()).toList();
    this.patch = InputPatch.of(blueprint);
    this.entering = new NetworkInputs(patch);
    this.inputShape = Layer.shape(blueprint.nodes().get(blueprint.entry()).extent());
    this.parameters.forEach(parameter -> parameter.train(recipe));
    this.gathered = new GatheredStep(recipe, parameters, arena);
    this.loss = LogitLoss.of(recipe.loss(), blueprint.classes());
    this.inference = new Inference(blueprint, parts, threads, gate);
    this.byNode = new Inference(blueprint, nodes, threads, gate);
  }

  static Nd4jNetwork create(Blueprint blueprint, Recipe recipe, int threads, ThreadGate gate) {
    Arena arena = new Arena(threads);
    try {
      return new Nd4jNetwork(blueprint, recipe, threads, gate, arena);
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
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
    NetworkState.Entry entry = state.entries().get(index);
    Parameter parameter = parameters.get(entry.parameter());
    if (!entry.isValue() && !parameter.has(slot(entry))) {
      Arrays.fill(out, 0, parameter.length(), 0);
      return;
    }
    Arena.copyOut(array(entry), out, 0, parameter.length());
  }

  private Slot slot(NetworkState.Entry entry) {
    return recipe.optimizer().slots().get(entry.slot());
  }

  /** What a tensor of the state holds. */
  private INDArray array(NetworkState.Entry entry) {
    Parameter parameter = parameters.get(entry.parameter());
    return entry.isValue() ? parameter.value() : parameter.slot(slot(entry));
  }

  @Override
  public void write(int index, float[] values) {
    NetworkState.Entry entry = state.entries().get(index);
    Parameter parameter = parameters.get(entry.parameter());
    Arena.copyIn(values, 0, parameter.length(), array(entry));
  }

  @Override
  public void initialize(long seed, ModelSpec.Initialization initialization) {
    state.start(seed, initialization, (p, values) -> parameters.get(p).restart(values));
  }

  @Override
  public double step(float[] inputs, Targets targets, StepSettings settings, float[] logits) {
    double[] result = new double[1];
    gate.run(threads, () -> result[0] = trainOn(inputs, targets, settings, logits));
    return result[0];
  }

  private double trainOn(float[] inputs, Targets targets, StepSettings settings, float[] logits) {
    int n = targets.n();
    boolean noisy =
        settings.regularization().getDropout() != 0
            || settings.regularization().getHiddenNoise() != 0;
    Pass pass = trainingPass(n, noisy ? Stage.Mode.NOISY_TRAINING : Stage.Mode.TRAINING);
    float[] prepared = entering.disturbed(inputs, n, settings);
    logitScratch = atLeast(logitScratch, n * blueprint.classes());
    pass.forward(prepared, 0, n, logitScratch, 0, settings);
    if (logits.length > 0) {
      System.arraycopy(logitScratch, 0, logits, 0, n * blueprint.classes());
    }
    double total = loss.gradients(logitScratch, targets);
    pass.backward(logitScratch, 0, n, settings);
    if (!recipe.fusible()) {
      gathered.run(settings);
    }
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
  public Directions directions(int count, int slots, Directions.Mode mode) {
    return Nd4jDirections.of(blueprint, recipe.loss(), nodes, gate, count, slots, mode);
  }

  @Override
  public Insight insight() {
    return new Nd4jInsight(blueprint, patch, entering, loss, inference, byNode);
  }

  private Pass trainingPass(int n, Stage.Mode mode) {
    Key key = new Key(n, mode);
    Pass pass = trainingPasses.get(key);
    if (pass == null) {
      if (trainingPasses.size() == TRAINING_PASSES) {
        Key eldest = trainingPasses.keySet().iterator().next();
        Objects.requireNonNull(trainingPasses.remove(eldest)).close();
      }
      pass = new Pass(new Arena(threads), parts, inputShape, n, mode);
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
    byNode.close();
    arena.close();
  }
}
