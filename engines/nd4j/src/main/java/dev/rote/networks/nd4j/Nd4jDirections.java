package dev.rote.networks.nd4j;

import dev.rote.blueprint.Ability;
import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.DenseChain;
import dev.rote.networks.Directions;
import dev.rote.networks.Engines;
import dev.rote.recipes.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * Directions of a multilayer perceptron, block by block, and its passes. All of it is in the host's
 * memory and computed by BLAS, also where the network is on a card.
 */
final class Nd4jDirections implements Directions {
  private static final int THREADS = 1;

  private final ThreadGate gate;
  private final int count;
  private final HostArena arena;
  private final List<DirectionBlock> blocks = new ArrayList<>();
  private final Influences influences;
  private final PreparedPasses<DirectionPass> passes;

  /** All directions from this one on are zero. */
  private int begun;

  private Nd4jDirections(
      List<DenseLayer> layers, Loss loss, ThreadGate gate, int count, int slots, HostArena arena) {
    this.gate = gate;
    this.count = count;
    this.arena = arena;
    for (int first = 0; first < count; first += DirectionBlock.LARGEST) {
      int some = Math.min(DirectionBlock.LARGEST, count - first);
      blocks.add(DirectionBlock.of(first, some, layers, arena));
    }
    this.passes =
        new PreparedPasses<>(n -> new DirectionPass(layers, loss, n, blocks), DirectionPass::close);
    this.influences = new Influences(slots, count, layers.get(0).in(), arena);
  }

  /**
   * Directions of any network.
   *
   * @param parts one for each node: nothing joined
   */
  static Directions of(
      Blueprint blueprint,
      Loss loss,
      List<Part> parts,
      ThreadGate gate,
      int count,
      int slots,
      Mode mode) {
    if (count < 1 || slots < 0) {
      throw new IllegalArgumentException(
          "directions must be at least 1 and slots at least 0, were " + count + " and " + slots);
    }
    Engines.require(blueprint, Ability.SECOND_DERIVATIVES);
    if (!Nd4jRuntime.get().onCpu()) {
      /* The gate's BLAS is that of the card. */
      openblas_nolapack.blas_set_num_threads(THREADS);
    }
    if (DenseChain.of(blueprint).isEmpty()) {
      return new GraphDirections(blueprint, loss, parts, gate, count, slots, mode);
    }
    List<DenseLayer> dense = chain(blueprint, parts);
    HostArena arena = new HostArena();
    try {
      return new Nd4jDirections(dense, loss, gate, count, slots, arena);
    } catch (RuntimeException | OutOfMemoryError e) {
      arena.close();
      throw e;
    }
  }

  /** The dense layers of a multilayer perceptron. */
  private static List<DenseLayer> chain(Blueprint blueprint, List<Part> parts) {
    List<Integer> dense = DenseChain.of(blueprint).orElseThrow();
    return parts.stream()
        .filter(part -> dense.contains(part.output()))
        .map(part -> (DenseLayer) part.layer())
        .toList();
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public void clear() {
    if (begun > 0) {
      blocksBegun().forEach(DirectionBlock::clear);
      influences.clear();
      begun = 0;
    }
  }

  @Override
  public void write(int k, float[] values) {
    begin(k).write(k % DirectionBlock.LARGEST, values);
  }

  @Override
  public void read(int k, float[] out) {
    blocks.get(k / DirectionBlock.LARGEST).read(k % DirectionBlock.LARGEST, out);
  }

  @Override
  public void gradient(int k, float[] inputs, int[] labels, double[] weights, int n) {
    gate.run(
        THREADS,
        () -> {
          DirectionPass pass = passes.of(n);
          pass.look(inputs, labels, weights);
          pass.gradient(begin(k), k % DirectionBlock.LARGEST);
        });
  }

  @Override
  public void multiplyByHessian(float[] inputs, int[] labels, int n) {
    gate.run(
        THREADS,
        () -> {
          double[] weights = meanOf(n);
          DirectionPass pass = passes.of(n);
          pass.look(inputs, labels, weights);
          pass.transform(blocksBegun(), weights, new BlockDerivatives.Change(0, 0, 1));
        });
  }

  @Override
  public void unroll(float[] inputs, int[] labels, int[] slots, int n, double rate, double decay) {
    gate.run(
        THREADS,
        () -> {
          double[] weights = meanOf(n);
          DirectionPass pass = passes.of(n);
          pass.look(inputs, labels, weights);
          BlockDerivatives.Change change = new BlockDerivatives.Change(1 - rate * decay, 1, -rate);
          pass.unroll(blocksBegun(), weights, change, slots, influences);
        });
  }

  private static double[] meanOf(int n) {
    double[] weights = new double[n];
    Arrays.fill(weights, 1.0 / n);
    return weights;
  }

  @Override
  public void influences(int slot, float[] out) {
    influences.read(slot, out);
  }

  /** The block of direction {@code k}, which is no longer zero. */
  private DirectionBlock begin(int k) {
    begun = Math.max(begun, k + 1);
    return blocks.get(k / DirectionBlock.LARGEST);
  }

  /** Blocks that may hold directions other than zero. */
  private List<DirectionBlock> blocksBegun() {
    return blocks.subList(0, (begun + DirectionBlock.LARGEST - 1) / DirectionBlock.LARGEST);
  }

  @Override
  public void close() {
    passes.clear();
    arena.close();
  }
}
