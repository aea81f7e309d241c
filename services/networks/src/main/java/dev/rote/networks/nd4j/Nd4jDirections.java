package dev.rote.networks.nd4j;

import dev.rote.networks.Directions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Directions of a multilayer perceptron, and its prepared passes. */
final class Nd4jDirections implements Directions {
  /** Batch sizes kept prepared: that of an epoch's batches and of its last one. */
  private static final int PASSES = 2;

  /* One thread: influences of several examples go to one slot in their order. */
  private static final int THREADS = 1;

  private final List<Layer> layers;
  private final long[] inputShape;
  private final ThreadGate gate;
  private final int count;
  private final int slots;
  private final int inputLength;
  private final Arena arena;
  private final List<LayerDirections> directions;
  private final INDArray influences;
  private final Map<Integer, Prepared> passes = new LinkedHashMap<>(16, 0.75f, true);

  private Nd4jDirections(
      List<Layer> layers,
      long[] inputShape,
      ThreadGate gate,
      int slots,
      Arena arena,
      List<LayerDirections> directions) {
    this.layers = layers;
    this.inputShape = inputShape;
    this.gate = gate;
    this.slots = slots;
    this.arena = arena;
    this.directions = directions;
    this.count = (int) directions.get(0).count();
    this.inputLength = (int) directions.get(0).in();
    /* The last row takes what is dropped. */
    this.influences = arena.zeros(slots + 1L, (long) count * inputLength);
  }

  static Nd4jDirections of(
      List<Layer> layers, long[] inputShape, ThreadGate gate, int count, int slots) {
    if (count < 1 || slots < 0) {
      throw new IllegalArgumentException(
          "directions must be at least 1 and slots at least 0, were " + count + " and " + slots);
    }
    if (!layers.stream().allMatch(Nd4jDirections::isOfMlp)) {
      throw new IllegalArgumentException("second derivatives need an mlp");
    }
    Arena arena = new Arena(1);
    try {
      List<LayerDirections> directions =
          layers.stream()
              .filter(DenseLayer.class::isInstance)
              .map(layer -> new LayerDirections((DenseLayer) layer, count, arena))
              .toList();
      return new Nd4jDirections(layers, inputShape, gate, slots, arena, directions);
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  private static boolean isOfMlp(Layer layer) {
    return layer instanceof DenseLayer || layer instanceof ReluLayer || layer instanceof NoiseLayer;
  }

  /** A pass, and where it adds its input terms. */
  private record Prepared(DirectionPass pass, Arena arena, INDArray slots, NativeCall add)
      implements AutoCloseable {
    static Prepared of(DirectionPass pass, int n, INDArray influences) {
      Arena arena = new Arena(1);
      INDArray slots = arena.integers(n);
      INDArray terms = pass.inputAdjoint().reshape('c', n, influences.size(1));
      return new Prepared(
          pass,
          arena,
          slots,
          NativeCall.of(
              "scatter_add",
              new INDArray[] {influences, slots, terms},
              new INDArray[] {influences}));
    }

    @Override
    public void close() {
      pass.close();
      arena.close();
    }
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public void clear() {
    gate.run(
        THREADS,
        () -> {
          directions.forEach(LayerDirections::clear);
          influences.assign(0);
        });
  }

  @Override
  public void write(int k, float[] values) {
    gate.run(
        THREADS,
        () -> {
          int offset = 0;
          for (LayerDirections layer : directions) {
            layer.write(k, values, offset);
            offset += layer.length();
          }
        });
  }

  @Override
  public void read(int k, float[] out) {
    gate.run(
        THREADS,
        () -> {
          int offset = 0;
          for (LayerDirections layer : directions) {
            layer.read(k, out, offset);
            offset += layer.length();
          }
        });
  }

  @Override
  public void gradient(int k, float[] inputs, int[] labels, double[] weights, int n) {
    gate.run(
        THREADS,
        () -> {
          DirectionPass pass = prepared(n).pass();
          pass.look(inputs, labels, weights);
          pass.gradient(k);
        });
  }

  @Override
  public void multiplyByHessian(float[] inputs, int[] labels, int n) {
    gate.run(
        THREADS,
        () -> {
          double[] weights = meanOf(n);
          DirectionPass pass = prepared(n).pass();
          pass.look(inputs, labels, weights);
          pass.transform(weights, 0, 0, 1);
        });
  }

  @Override
  public void unroll(float[] inputs, int[] labels, int[] places, int n, double rate, double decay) {
    gate.run(
        THREADS,
        () -> {
          double[] weights = meanOf(n);
          Prepared prepared = prepared(n);
          prepared.pass().look(inputs, labels, weights);
          prepared.pass().transform(weights, 1 - rate * decay, 1, -rate);
          int[] rows = new int[n];
          for (int i = 0; i < n; i++) {
            rows[i] = places[i] < 0 ? slots : places[i];
          }
          Arena.copyIn(rows, n, prepared.slots());
          prepared.add().run();
        });
  }

  private static double[] meanOf(int n) {
    double[] weights = new double[n];
    Arrays.fill(weights, 1.0 / n);
    return weights;
  }

  @Override
  public void influences(int slot, float[] out) {
    try (Arena row = new Arena(1)) {
      INDArray copy = row.zeros((long) count * inputLength);
      copy.assign(influences.getRow(slot));
      Arena.copyOut(copy, out, 0, count * inputLength);
    }
  }

  private Prepared prepared(int n) {
    Prepared prepared = passes.get(n);
    if (prepared == null) {
      if (passes.size() == PASSES) {
        Integer eldest = passes.keySet().iterator().next();
        Objects.requireNonNull(passes.remove(eldest)).close();
      }
      DirectionPass pass = new DirectionPass(layers, inputShape, n, directions);
      prepared = Prepared.of(pass, n, influences);
      passes.put(n, prepared);
    }
    return prepared;
  }

  @Override
  public void close() {
    passes.values().forEach(Prepared::close);
    passes.clear();
    arena.close();
  }
}
