package dev.rote.cuda;

import dev.rote.blueprint.Ability;
import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.DenseChain;
import dev.rote.cuda.Pass.Goal;
import dev.rote.networks.Directions;
import dev.rote.networks.Engines;
import dev.rote.networks.InputPatch;
import dev.rote.networks.Insight;
import dev.rote.networks.Network;
import dev.rote.networks.NetworkInputs;
import dev.rote.networks.NetworkState;
import dev.rote.networks.StepSettings;
import dev.rote.networks.Targets;
import dev.rote.recipes.Recipe;
import dev.rote.v1.ModelSpec;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/** A network's parts on the card. */
final class CudaNetwork implements Network {
  /* Floats that the buffers of one pass without an update may take. */
  private static final long PASS = 128L << 20;
  private static final int MOST_EXAMPLES = 8192;

  private final Blueprint blueprint;
  private final Recipe recipe;
  private final NetworkState tensors;
  private final CudaRuntime runtime;
  private final PartGraph parts;
  private final List<Parameter> parameters;
  private final InputPatch patch;
  private final NetworkInputs entering;
  private final DeviceMemory state = new DeviceMemory();
  private final Stream stream;
  private final Products products;
  private final GatheredStep gathered;
  private final int chunk;
  private @Nullable Buffers buffers;

  /**
   * What a pass needs beside its layers' own buffers, for up to {@code capacity} examples of {@code
   * labels} labels each.
   */
  private record Buffers(
      DeviceMemory memory,
      int capacity,
      int labels,
      Staging staging,
      BatchLosses losses,
      BytePointer results) {}

  private CudaNetwork(Blueprint blueprint, Recipe recipe, CudaRuntime runtime, List<Part> parts) {
    this.blueprint = blueprint;
    this.recipe = recipe;
    this.tensors = NetworkState.of(blueprint, recipe.optimizer());
    this.runtime = runtime;
    this.parts = new PartGraph(blueprint, parts);
    this.parameters = parts.stream().flatMap(part -> part.layer().parameters().stream()).toList();
    this.patch = InputPatch.of(blueprint);
    this.entering = new NetworkInputs(patch);
    this.chunk = (int) Math.max(1, Math.min(MOST_EXAMPLES, PASS / this.parts.bufferLength()));
    this.stream = new Stream(runtime);
    this.products = new Products(stream.handle(), state, true);
    this.gathered = new GatheredStep(recipe, parameters, state);
  }

  static CudaNetwork create(Blueprint blueprint, Recipe recipe, List<Part> parts) {
    CudaRuntime runtime = CudaRuntime.get();
    runtime.enter();
    CudaNetwork network = new CudaNetwork(blueprint, recipe, runtime, parts);
    try {
      for (Parameter parameter : network.parameters) {
        parameter.allocate(network.state, recipe);
      }
      network.reset();
      return network;
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  @Override
  public Blueprint blueprint() {
    return blueprint;
  }

  @Override
  public NetworkState state() {
    return tensors;
  }

  private Parameter parameter(int index) {
    return parameters.get(tensors.entries().get(index).parameter());
  }

  private FloatPointer memory(int index) {
    NetworkState.Entry entry = tensors.entries().get(index);
    Parameter parameter = parameter(index);
    return entry.isValue() ? parameter.value() : parameter.slots().get(entry.slot());
  }

  @Override
  public void read(int index, float[] out) {
    runtime.enter();
    Parameter parameter = parameter(index);
    parameter.toCheckpoint(fetch(memory(index), parameter.length()), out);
  }

  private float[] fetch(FloatPointer card, int length) {
    float[] values = new float[length];
    try (FloatPointer host = new FloatPointer(length)) {
      stream.toHost(card, host, (long) length * Float.BYTES);
      stream.await();
      host.get(values);
    }
    return values;
  }

  @Override
  public void write(int index, float[] values) {
    runtime.enter();
    send(memory(index), parameter(index).toCard(values));
  }

  private void send(FloatPointer card, float[] values) {
    try (FloatPointer host = new FloatPointer(values)) {
      stream.toCard(host, card, (long) values.length * Float.BYTES);
      stream.await();
    }
  }

  @Override
  public void initialize(long seed, ModelSpec.Initialization initialization) {
    runtime.enter();
    reset();
    tensors.start(
        seed,
        initialization,
        (p, values) -> send(parameters.get(p).value(), parameters.get(p).toCard(values)));
  }

  /** Puts values where they start, and what the optimiser keeps to zero. */
  private void reset() {
    for (Parameter parameter : parameters) {
      float[] values = new float[parameter.length()];
      Arrays.fill(values, parameter.shape().role().start());
      send(parameter.value(), values);
      parameter
          .slots()
          .forEach(slot -> stream.clear(slot, (long) parameter.length() * Float.BYTES));
    }
    stream.await();
  }

  @Override
  public double step(float[] inputs, Targets targets, StepSettings settings, float[] logits) {
    int n = targets.n();
    if (targets.each() > 1) {
      CudaEngine.requireUntried("sums of losses by several labels of an example");
    }
    boolean wanted = logits.length > 0;
    if (wanted) {
      CudaEngine.requireUntried("logits of steps, which a trace of a trial needs,");
    }
    runtime.enter();
    Buffers present = buffers(n, targets.each());
    Pass.Kind kind =
        new Pass.Kind(
            Goal.STEP,
            settings.momentum() != 0,
            settings.regularization().getHiddenNoise() != 0,
            settings.regularization().getDropout() != 0);
    float[] prepared = entering.disturbed(inputs, n, settings);
    present
        .staging
        .put(Settings.of(settings, recipe), targets.weights(), targets.labels(), n * targets.each())
        .putInputs(prepared, 0, n)
        .send(stream, n);
    parts.layers().forEach(layer -> layer.draw(stream, n, settings));
    replay(present, n, targets.each(), kind, wanted);
    stream.await();
    if (wanted) {
      new FloatPointer(present.results.getPointer(Double.BYTES))
          .get(logits, 0, n * blueprint.classes());
    }
    return new DoublePointer(present.results).get(0);
  }

  @Override
  public void logits(float[] inputs, int n, float[] logits) {
    infer(inputs, new int[n], n, null, logits);
  }

  @Override
  public void inputGradient(
      float[] inputs, int[] labels, int n, float[] gradients, float[] logits) {
    float[] ofPatches = new float[n * patch.length()];
    infer(inputs, labels, n, ofPatches, logits);
    patch.paste(ofPatches, n, gradients);
  }

  private void infer(
      float[] inputs, int[] labels, int n, float @Nullable [] gradients, float[] logits) {
    runtime.enter();
    float[] prepared = entering.cropped(inputs, n);
    double[] weights = new double[Math.min(n, chunk)];
    Arrays.fill(weights, 1);
    int classes = blueprint.classes();
    for (int from = 0; from < n; from += chunk) {
      int count = Math.min(chunk, n - from);
      Buffers present = buffers(count, 1);
      present
          .staging
          .put(Settings.none(), weights, Arrays.copyOfRange(labels, from, from + count), count)
          .putInputs(prepared, from, count)
          .send(stream, count);
      replay(
          present,
          count,
          1,
          Pass.Kind.of(gradients == null ? Goal.LOGITS : Goal.INPUT_GRADIENT),
          false);
      stream.await();
      FloatPointer results = new FloatPointer(present.results);
      results.get(logits, from * classes, count * classes);
      if (gradients != null) {
        results
            .getPointer((long) count * classes)
            .get(gradients, from * patch.length(), count * patch.length());
      }
    }
  }

  private record Key(int n, int labels, Pass.Kind kind, boolean stepLogits) {}

  private void replay(Buffers present, int n, int labels, Pass.Kind kind, boolean stepLogits) {
    stream.replay(
        new Key(n, labels, kind, stepLogits),
        () ->
            run(
                present,
                labels,
                new Pass(stream, products, n, kind, present.staging.settings()),
                stepLogits));
  }

  private void run(Buffers present, int labels, Pass pass, boolean stepLogits) {
    int n = pass.n();
    FloatPointer signal = parts.forward(pass, present.staging.inputs());
    long logits = (long) n * blueprint.classes();
    if (!pass.training()) {
      stream.toHost(signal, present.results, logits * Float.BYTES);
    } else if (stepLogits) {
      stream.toHost(signal, present.results.getPointer(Double.BYTES), logits * Float.BYTES);
    }
    if (pass.kind().goal() == Goal.LOGITS) {
      return;
    }
    LossKernel loss = pass.training() ? LossKernel.of(recipe.loss()) : LossKernel.CROSS_ENTROPY;
    present.losses.differentiate(pass, loss, signal, present.staging, labels);
    FloatPointer gradient = parts.backward(pass, present.losses.gradient());
    if (pass.training()) {
      if (GatheredStep.gathers(recipe)) {
        gathered.run(pass);
      }
      present.losses.total(pass, labels);
      stream.toHost(present.losses.sum(), present.results, Double.BYTES);
    } else {
      stream.toHost(
          gradient,
          present.results.getPointer(logits * Float.BYTES),
          (long) n * patch.length() * Float.BYTES);
    }
  }

  /** Buffers for n examples of so many labels at least. */
  private Buffers buffers(int n, int labels) {
    if (buffers != null && buffers.capacity >= n && buffers.labels >= labels) {
      return buffers;
    }
    free();
    DeviceMemory memory = new DeviceMemory();
    try {
      parts.allocate(memory, n);
      buffers =
          new Buffers(
              memory,
              n,
              labels,
              new Staging(memory, n, labels, patch.length()),
              BatchLosses.allocate(memory, n, labels, blueprint.classes()),
              memory.host(
                  Double.BYTES + (long) n * (blueprint.classes() + patch.length()) * Float.BYTES));
      return buffers;
    } catch (RuntimeException e) {
      memory.close();
      throw e;
    }
  }

  private void free() {
    stream.forget();
    if (buffers != null) {
      buffers.memory.close();
      buffers = null;
    }
  }

  @Override
  public Directions directions(int count, int slots, Directions.Mode mode) {
    if (count < 1 || slots < 0) {
      throw new IllegalArgumentException(
          "directions must be at least 1 and slots at least 0, were " + count + " and " + slots);
    }
    Engines.require(blueprint, Ability.SECOND_DERIVATIVES);
    if (DenseChain.of(blueprint).isEmpty()) {
      throw new IllegalArgumentException(
          "the engine cuda has second derivatives of dense layers with biases, one after the other"
              + " with a ReLU between any two, and of no other network: choose rote.engine=nd4j");
    }
    runtime.enter();
    List<DenseLayer> dense =
        parts.layers().stream()
            .filter(DenseLayer.class::isInstance)
            .map(DenseLayer.class::cast)
            .toList();
    return new CudaDirections(runtime, stream, dense, LossKernel.of(recipe.loss()), count, slots);
  }

  /** None: nothing of it has been on a card. */
  @Override
  public Insight insight() {
    throw new IllegalArgumentException(
        "the engine cuda has neither gradients of single examples by parameters, nor gradients of"
            + " logits, nor outputs of hidden nodes, for any node: choose rote.engine=nd4j");
  }

  @Override
  public void close() {
    runtime.enter();
    free();
    products.close();
    stream.close();
    state.close();
  }
}
