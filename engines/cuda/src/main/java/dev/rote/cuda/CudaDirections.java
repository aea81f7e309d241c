package dev.rote.cuda;

import dev.rote.cuda.Products.Operand;
import dev.rote.cuda.Products.Size;
import dev.rote.networks.Directions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * Directions of a multilayer perceptron, [K, P] on the card. Layer l has the input x_l and the
 * output {@code z_l = x_l W_l + b_l}, {@code x_(l+1) = max(z_l, 0)}, and {@code δ_l = ∂L/∂z_l}. A
 * dot is a derivative along a direction (V, v), Pearlmutter's R-operator; dotted arrays are [K, N,
 * units], and many directions at a time are one product.
 */
final class CudaDirections implements Directions {
  /* Floats that the arrays of the directions computed together may take. */
  private static final long TOGETHER = 128L << 20;

  private final CudaRuntime runtime;
  private final Stream stream;
  private final List<DenseLayer> layers;
  private final LossKernel loss;
  private final int count;
  private final int slots;
  private final int inputs;
  private final long length;
  private final long[] offsets;
  private final DeviceMemory memory = new DeviceMemory();
  private final Products products;
  private final FloatPointer directions;
  private final FloatPointer influences;
  private final Factors factors = new Factors();
  private @Nullable Buffers buffers;

  /** All directions from this one on are zero. */
  private int begun;

  /** What becomes of a direction: {@code kept λ + factor H λ}, biases apart. */
  private static final class Factors implements AutoCloseable {
    private final FloatPointer one = new FloatPointer(1f);
    private final FloatPointer zero = new FloatPointer(0f);
    private final FloatPointer factor = new FloatPointer(1f);
    private final FloatPointer kept = new FloatPointer(0f);
    private float keptBiases;

    void set(double ofProduct, double ofWeights, double ofBiases) {
      factor.put((float) ofProduct);
      kept.put((float) ofWeights);
      keptBiases = (float) ofBiases;
    }

    @Override
    public void close() {
      one.close();
      zero.close();
      factor.close();
      kept.close();
    }
  }

  /** Arrays for batches of up to {@code capacity} examples and {@code together} directions. */
  private final class Buffers implements AutoCloseable {
    private final DeviceMemory arrays = new DeviceMemory();
    private final int capacity;
    private final int together;
    private final Staging staging;
    private final FloatPointer probabilities;
    private final List<FloatPointer> signals = new ArrayList<>();
    private final List<FloatPointer> deltas = new ArrayList<>();
    private final List<FloatPointer> tangents = new ArrayList<>();
    private final FloatPointer[] below = new FloatPointer[2];

    Buffers(int capacity) {
      this.capacity = capacity;
      long perDirection = 0;
      long widest = inputs;
      for (DenseLayer layer : layers) {
        perDirection += (long) capacity * layer.out();
        widest = Math.max(widest, layer.in());
      }
      perDirection += 2L * capacity * widest;
      this.together = (int) Math.max(1, Math.min(count, TOGETHER / perDirection));
      try {
        this.staging = new Staging(arrays, capacity, 1, inputs);
        int classes = layers.get(layers.size() - 1).out();
        this.probabilities = arrays.floats((long) capacity * classes);
        signals.add(staging.inputs());
        for (DenseLayer layer : layers) {
          long units = (long) capacity * layer.out();
          signals.add(arrays.floats(units));
          deltas.add(arrays.floats(units));
          tangents.add(arrays.floats(units * together));
        }
        for (int i = 0; i < below.length; i++) {
          below[i] = arrays.floats(capacity * widest * together);
        }
      } catch (RuntimeException e) {
        arrays.close();
        throw e;
      }
    }

    @Override
    public void close() {
      arrays.close();
    }
  }

  CudaDirections(
      CudaRuntime runtime,
      Stream stream,
      List<DenseLayer> layers,
      LossKernel loss,
      int count,
      int slots) {
    this.runtime = runtime;
    this.loss = loss;
    this.stream = stream;
    this.layers = layers;
    this.count = count;
    this.slots = slots;
    this.inputs = layers.get(0).in();
    this.offsets = new long[layers.size()];
    long end = 0;
    for (int l = 0; l < layers.size(); l++) {
      offsets[l] = end;
      end += (layers.get(l).in() + 1L) * layers.get(l).out();
    }
    this.length = end;
    try {
      this.products = new Products(stream.handle(), memory, false);
      this.directions = memory.floats(count * length);
      this.influences = memory.floats((long) slots * count * inputs);
    } catch (RuntimeException e) {
      memory.close();
      throw e;
    }
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public void clear() {
    runtime.enter();
    begun = 0;
    stream.clear(directions, count * length * Float.BYTES);
    stream.clear(influences, (long) slots * count * inputs * Float.BYTES);
    stream.await();
  }

  @Override
  public void write(int k, float[] values) {
    runtime.enter();
    begun = Math.max(begun, k + 1);
    try (FloatPointer host = new FloatPointer(length)) {
      host.put(values, 0, (int) length);
      stream.toCard(host, direction(k), length * Float.BYTES);
      stream.await();
    }
  }

  @Override
  public void read(int k, float[] out) {
    fetch(direction(k), out, (int) length);
  }

  @Override
  public void influences(int slot, float[] out) {
    int values = Math.multiplyExact(count, inputs);
    fetch(influences.getPointer((long) slot * values), out, values);
  }

  private void fetch(FloatPointer card, float[] out, int values) {
    runtime.enter();
    try (FloatPointer host = new FloatPointer(values)) {
      stream.toHost(card, host, (long) values * Float.BYTES);
      stream.await();
      host.get(out, 0, values);
    }
  }

  private FloatPointer direction(int k) {
    return directions.getPointer(k * length);
  }

  @Override
  public void gradient(int k, float[] batch, int[] labels, double[] weights, int n) {
    runtime.enter();
    begun = Math.max(begun, k + 1);
    Buffers present = buffers(n);
    differentiate(present, batch, labels, weights, n);
    for (int l = 0; l < layers.size(); l++) {
      DenseLayer layer = layers.get(l);
      FloatPointer target = direction(k).getPointer(offsets[l]);
      products.multiply(
          new Size(layer.in(), layer.out(), n),
          factors.one,
          Operand.transposed(present.signals.get(l)),
          Operand.of(present.deltas.get(l)),
          factors.zero,
          target);
      foldBiases(present.deltas.get(l), layer, n, target, 1, 0, 1);
    }
    stream.await();
  }

  @Override
  public void multiplyByHessian(float[] batch, int[] labels, int n) {
    runtime.enter();
    Buffers present = buffers(n);
    differentiate(present, batch, labels, mean(n), n);
    factors.set(1, 0, 0);
    for (int k = 0; k < begun; k += present.together) {
      curve(present, n, k, Math.min(present.together, begun - k), 0);
    }
    stream.await();
  }

  @Override
  public void unroll(float[] batch, int[] labels, int[] places, int n, double rate, double decay) {
    runtime.enter();
    Buffers present = buffers(n);
    present.staging.putSlots(places, n);
    differentiate(present, batch, labels, mean(n), n);
    factors.set(-rate, 1 - rate * decay, 1);
    boolean kept = Arrays.stream(places, 0, n).anyMatch(slot -> slot >= 0);
    for (int k = 0; k < begun; k += present.together) {
      curve(present, n, k, Math.min(present.together, begun - k), kept ? rate : 0);
    }
    stream.await();
  }

  private static double[] mean(int n) {
    double[] weights = new double[n];
    Arrays.fill(weights, 1.0 / n);
    return weights;
  }

  /** Signals, probabilities and δ of a batch. */
  private void differentiate(
      Buffers present, float[] batch, int[] labels, double[] weights, int n) {
    present.staging.put(Settings.none(), weights, labels, n).putInputs(batch, 0, n).send(stream, n);
    int last = layers.size() - 1;
    for (int l = 0; l <= last; l++) {
      DenseLayer layer = layers.get(l);
      FloatPointer output = present.signals.get(l + 1);
      products.multiply(
          new Size(n, layer.out(), layer.in()),
          factors.one,
          Operand.of(present.signals.get(l)),
          Operand.of(layer.weights()),
          factors.zero,
          output);
      layer.addBiases(stream, output, n);
    }
    stream
        .kernel("lossOf")
        .with(present.signals.get(last + 1))
        .with(present.staging.labels())
        .with(present.staging.weights())
        .with(n)
        .with(layers.get(last).out())
        .with(loss.number())
        .with(loss.smoothing())
        .with((DoublePointer) null)
        .with(present.deltas.get(last))
        .with(present.probabilities)
        .overElements(n);
    for (int l = last; l > 0; l--) {
      DenseLayer layer = layers.get(l);
      products.multiply(
          new Size(n, layer.in(), layer.out()),
          factors.one,
          Operand.of(present.deltas.get(l)),
          Operand.transposed(layer.weights()),
          factors.zero,
          present.deltas.get(l - 1));
      mask(present.deltas.get(l - 1), present.signals.get(l), 1, n, layer.in());
    }
  }

  /**
   * Turns directions into {@code kept λ + factor H λ}.
   *
   * @param first direction of {@code some}
   * @param rate of what is taken from the influences, 0 for none
   */
  private void curve(Buffers present, int n, int first, int some, double rate) {
    for (int l = 0; l < layers.size(); l++) {
      tangent(present, n, first, some, l);
    }
    int last = layers.size() - 1;
    FloatPointer adjoint = present.tangents.get(last);
    stream
        .kernel("curveLoss")
        .with(adjoint)
        .with(present.probabilities)
        .with(present.staging.labels())
        .with(present.staging.weights())
        .with(n)
        .with(layers.get(last).out())
        .with(loss.number())
        .with(some * n)
        .overElements(some * n);
    for (int l = last; l > 0; l--) {
      FloatPointer below = below(present, n, first, some, l, adjoint);
      fold(present, n, first, some, l, adjoint);
      mask(below, present.signals.get(l), some, n, layers.get(l).in());
      adjoint = below;
    }
    if (rate != 0) {
      FloatPointer mixed = below(present, n, first, some, 0, adjoint);
      stream
          .kernel("addInfluences")
          .with(mixed)
          .with(present.staging.slots())
          .with(n)
          .with(inputs)
          .with((float) rate)
          .with(influences.getPointer((long) first * inputs))
          .with((long) count * inputs)
          .with(some * inputs)
          .overElements(some * inputs);
    }
    fold(present, n, first, some, 0, adjoint);
  }

  /** {@code ż_l = ẋ_l W_l + x_l V_l + v_l}, 0 where the ReLU is closed. */
  private void tangent(Buffers present, int n, int first, int some, int l) {
    DenseLayer layer = layers.get(l);
    FloatPointer direction = direction(first).getPointer(offsets[l]);
    FloatPointer tangent = present.tangents.get(l);
    int each = n * layer.out();
    products.multiplyEach(
        new Size(n, layer.out(), layer.in()),
        factors.one,
        Operand.of(present.signals.get(l)),
        Operand.of(direction).every(length),
        factors.zero,
        tangent,
        each,
        some);
    if (l > 0) {
      products.multiply(
          new Size(some * n, layer.out(), layer.in()),
          factors.one,
          Operand.of(present.tangents.get(l - 1)),
          Operand.of(layer.weights()),
          factors.one,
          tangent);
    }
    stream
        .kernel("finishTangents")
        .with(tangent)
        .with(direction.getPointer((long) layer.in() * layer.out()))
        .with(length)
        .with(l < layers.size() - 1 ? present.signals.get(l + 1) : null)
        .with(some * each)
        .with(n)
        .with(layer.out())
        .overElements(some * each);
  }

  /** The derivative of ∂L/∂x_l, {@code δ̇_l W_lᵀ + δ_l V_lᵀ}. */
  private FloatPointer below(
      Buffers present, int n, int first, int some, int l, FloatPointer adjoint) {
    DenseLayer layer = layers.get(l);
    FloatPointer below = present.below[l % 2];
    products.multiply(
        new Size(some * n, layer.in(), layer.out()),
        factors.one,
        Operand.of(adjoint),
        Operand.transposed(layer.weights()),
        factors.zero,
        below);
    products.multiplyEach(
        new Size(n, layer.in(), layer.out()),
        factors.one,
        Operand.of(present.deltas.get(l)),
        Operand.transposed(direction(first).getPointer(offsets[l])).every(length),
        factors.one,
        below,
        (long) n * layer.in(),
        some);
    return below;
  }

  /** {@code V_l = kept V_l + factor (ẋ_lᵀ δ_l + x_lᵀ δ̇_l)}, {@code v_l} likewise. */
  private void fold(Buffers present, int n, int first, int some, int l, FloatPointer adjoint) {
    DenseLayer layer = layers.get(l);
    FloatPointer direction = direction(first).getPointer(offsets[l]);
    Size size = new Size(layer.in(), layer.out(), n);
    products.multiplyEach(
        size,
        factors.factor,
        Operand.transposed(present.signals.get(l)),
        Operand.of(adjoint).every((long) n * layer.out()),
        factors.kept,
        direction,
        length,
        some);
    if (l > 0) {
      products.multiplyEach(
          size,
          factors.factor,
          Operand.transposed(present.tangents.get(l - 1)).every((long) n * layer.in()),
          Operand.of(present.deltas.get(l)),
          factors.one,
          direction,
          length,
          some);
    }
    foldBiases(adjoint, layer, n, direction, factors.factor.get(), factors.keptBiases, some);
  }

  private void foldBiases(
      FloatPointer d,
      DenseLayer layer,
      int n,
      FloatPointer direction,
      float factor,
      float kept,
      int some) {
    int units = some * layer.out();
    stream
        .kernel("foldBiases")
        .with(d)
        .with(n)
        .with(layer.out())
        .with(direction.getPointer((long) layer.in() * layer.out()))
        .with(length)
        .with(factor)
        .with(kept)
        .with(units)
        .overElements(units);
  }

  private void mask(FloatPointer d, FloatPointer output, int some, int n, int units) {
    int each = n * units;
    stream
        .kernel("maskByOutput")
        .with(d)
        .with(output)
        .with(some * each)
        .with(each)
        .overElements(some * each);
  }

  private Buffers buffers(int n) {
    if (buffers == null || buffers.capacity < n) {
      stream.await();
      if (buffers != null) {
        buffers.close();
        buffers = null;
      }
      buffers = new Buffers(n);
    }
    return buffers;
  }

  @Override
  public void close() {
    runtime.enter();
    stream.await();
    products.close();
    if (buffers != null) {
      buffers.close();
    }
    memory.close();
    factors.close();
  }
}
