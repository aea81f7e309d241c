package dev.rote.networks.nd4j;

import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.ParameterShape;
import dev.rote.blueprint.ParameterShape.Role;
import dev.rote.networks.Directions;
import dev.rote.networks.InputPatch;
import dev.rote.recipes.Loss;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;

/** Directions of any network whose ops have second derivatives, one after the other. */
final class GraphDirections implements Directions {
  private static final int THREADS = 1;

  private final List<ParameterShape> trained;
  private final InputPatch patch;
  private final ThreadGate gate;
  private final int count;
  private final int slots;
  private final int length;
  private final HostArena arena = new HostArena();
  private final FloatPointer directions;
  private final FloatPointer influences;
  private final float[] vector;
  private final float[] product;
  private final PreparedPasses<GraphDirectionPass> passes;

  /** All directions from this one on are zero. */
  private int begun;

  GraphDirections(
      Blueprint blueprint,
      Loss loss,
      List<Part> parts,
      ThreadGate gate,
      int count,
      int slots,
      Mode mode) {
    this.trained = blueprint.parameters().stream().filter(shape -> shape.role().trained()).toList();
    this.patch = InputPatch.of(blueprint);
    this.gate = gate;
    long[] inputShape = Layer.shape(blueprint.nodes().get(blueprint.entry()).extent());
    this.count = count;
    this.slots = slots;
    this.length = Math.toIntExact(blueprint.trainable());
    this.vector = new float[length];
    this.product = new float[length];
    this.passes =
        new PreparedPasses<>(
            n -> new GraphDirectionPass(parts, loss, inputShape, stage(mode), n),
            GraphDirectionPass::close);
    try {
      this.directions = arena.zeros((long) count * length);
      this.influences = arena.zeros((long) slots * count * patch.length());
    } catch (RuntimeException | OutOfMemoryError e) {
      arena.close();
      throw e;
    }
  }

  private static Stage.Mode stage(Mode mode) {
    return switch (mode) {
      case INFERENCE -> Stage.Mode.INPUT_GRADIENT;
      case TRAINING -> Stage.Mode.OF_BATCH;
    };
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public void clear() {
    begun = 0;
    HostArena.clear(directions, (long) count * length);
    HostArena.clear(influences, (long) slots * count * patch.length());
  }

  private FloatPointer direction(int k) {
    return directions.getPointer((long) k * length);
  }

  @Override
  public void write(int k, float[] values) {
    begun = Math.max(begun, k + 1);
    direction(k).put(values, 0, length);
  }

  @Override
  public void read(int k, float[] out) {
    direction(k).get(out, 0, length);
  }

  private GraphDirectionPass look(float[] inputs, int[] labels, double[] weights, int n) {
    GraphDirectionPass pass = passes.of(n);
    float[] patches = new float[n * patch.length()];
    patch.cut(inputs, n, patches);
    pass.look(patches, labels, weights);
    return pass;
  }

  @Override
  public void gradient(int k, float[] inputs, int[] labels, double[] weights, int n) {
    begun = Math.max(begun, k + 1);
    gate.run(
        THREADS,
        () -> {
          look(inputs, labels, weights, n).gradient(vector);
          direction(k).put(vector, 0, length);
        });
  }

  @Override
  public void multiplyByHessian(float[] inputs, int[] labels, int n) {
    gate.run(
        THREADS,
        () -> {
          GraphDirectionPass pass = look(inputs, labels, meanOf(n), n);
          float[] mixed = new float[n * patch.length()];
          for (int k = 0; k < begun; k++) {
            read(k, product);
            pass.curve(product, mixed);
            direction(k).put(product, 0, length);
          }
        });
  }

  @Override
  public void unroll(float[] inputs, int[] labels, int[] places, int n, double rate, double decay) {
    gate.run(
        THREADS,
        () -> {
          GraphDirectionPass pass = look(inputs, labels, meanOf(n), n);
          float[] mixed = new float[n * patch.length()];
          for (int k = 0; k < begun; k++) {
            read(k, vector);
            read(k, product);
            pass.curve(product, mixed);
            addInfluences(k, mixed, places, n, rate);
            stepBack(rate, decay);
            direction(k).put(vector, 0, length);
          }
        });
  }

  /** {@code λ = (1 - rate decay) λ - rate H λ}, with the decay on weights alone. */
  private void stepBack(double rate, double decay) {
    int at = 0;
    for (ParameterShape shape : trained) {
      float keep = (float) (shape.role() == Role.WEIGHTS ? 1 - rate * decay : 1);
      for (int end = at + shape.length(); at < end; at++) {
        vector[at] = keep * vector[at] - (float) rate * product[at];
      }
    }
  }

  private void addInfluences(int k, float[] mixed, int[] places, int n, double rate) {
    float[] sum = new float[patch.length()];
    for (int i = 0; i < n; i++) {
      if (places[i] >= 0) {
        FloatPointer influence = influence(places[i], k);
        influence.get(sum, 0, sum.length);
        for (int j = 0; j < sum.length; j++) {
          sum[j] -= (float) rate * mixed[i * sum.length + j];
        }
        influence.put(sum, 0, sum.length);
      }
    }
  }

  private FloatPointer influence(int slot, int k) {
    return influences.getPointer(((long) slot * count + k) * patch.length());
  }

  private static double[] meanOf(int n) {
    double[] weights = new double[n];
    Arrays.fill(weights, 1.0 / n);
    return weights;
  }

  @Override
  public void influences(int slot, float[] out) {
    float[] patches = new float[count * patch.length()];
    influence(slot, 0).get(patches, 0, patches.length);
    patch.paste(patches, count, out);
  }

  @Override
  public void close() {
    passes.clear();
    arena.close();
  }
}
