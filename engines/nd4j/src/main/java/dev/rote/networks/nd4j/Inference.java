package dev.rote.networks.nd4j;

import dev.rote.blueprint.Blueprint;
import dev.rote.networks.Targets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Logits and gradients with respect to inputs, in chunks of a few fixed sizes, so that callers with
 * shrinking batches do not prepare a pass for each size.
 */
final class Inference implements AutoCloseable {
  /* Padded by a quarter at most unless the smallest. The largest chunk bounds the memory. */
  private static final int[] CHUNKS = {16, 64, 256, 1024};
  private static final long CHUNK_BYTES = 192L << 20;

  /*
   * Convolutions on the CPU: what an example leaves between layers should stay in the caches of one
   * core, so that threads take chunks of their own. The same for any number of threads.
   */
  private static final int[] TRUNK_CHUNKS = {8, 16};

  private record Key(int lane, int n, Stage.Mode mode) {}

  private record Chunk(int from, int count, int size) {}

  private final List<Part> parts;
  private final long[] inputShape;
  private final int width;
  private final int classes;
  private final int threads;
  private final ThreadGate gate;
  private final boolean byLane;
  private final int[] sizes;
  private final Map<Key, Pass> passes = new LinkedHashMap<>();

  Inference(Blueprint blueprint, List<Part> parts, int threads, ThreadGate gate) {
    this.inputShape = Layer.shape(blueprint.nodes().get(blueprint.entry()).extent());
    this.parts = parts;
    this.width = blueprint.nodes().get(blueprint.entry()).extent().length();
    this.classes = blueprint.classes();
    this.threads = threads;
    this.gate = gate;
    this.byLane = parts.get(0).layer().sharesNoChunk();
    this.sizes = byLane ? TRUNK_CHUNKS : sizes(parts, width);
  }

  private static int[] sizes(List<Part> parts, int inputLength) {
    long floats = inputLength;
    for (Part part : parts) {
      floats += part.layer().bufferLength();
    }
    long bytes = floats * Float.BYTES;
    return Arrays.stream(CHUNKS).filter(c -> c == CHUNKS[0] || c * bytes <= CHUNK_BYTES).toArray();
  }

  /** Logits of float32[N, D]. */
  void logits(float[] inputs, int n, float[] logits) {
    run(n, Stage.Mode.INFERENCE, (pass, chunk) -> forward(pass, chunk, inputs, logits));
  }

  /** See {@link dev.rote.networks.Network#inputGradient}. */
  void gradients(float[] inputs, int[] labels, int n, float[] gradients, float[] logits) {
    run(
        n,
        Stage.Mode.INPUT_GRADIENT,
        (pass, chunk) -> {
          forward(pass, chunk, inputs, logits);
          int row = chunk.from * classes;
          float[] errors = Arrays.copyOfRange(logits, row, row + chunk.count * classes);
          int[] wanted = Arrays.copyOfRange(labels, chunk.from, chunk.from + chunk.count);
          new SoftmaxLoss(classes).gradients(errors, wanted, chunk.count);
          pass.backward(errors, 0, chunk.count, null);
          pass.inputGradients(chunk.count, gradients, chunk.from * width);
        });
  }

  /** See {@link dev.rote.networks.Insight#logitGradient}. */
  void logitGradients(float[] inputs, int[] wanted, int n, float[] gradients) {
    float[] logits = new float[n * classes];
    run(
        n,
        Stage.Mode.INPUT_GRADIENT,
        (pass, chunk) -> {
          forward(pass, chunk, inputs, logits);
          float[] start = new float[chunk.count * classes];
          for (int i = 0; i < chunk.count; i++) {
            start[i * classes + wanted[chunk.from + i]] = 1;
          }
          pass.backward(start, 0, chunk.count, null);
          pass.inputGradients(chunk.count, gradients, chunk.from * width);
        });
  }

  /**
   * See {@link dev.rote.networks.Insight#gradientNorms}; of parts that are one node each.
   *
   * @param loss of each example
   */
  void gradientNorms(float[] inputs, int[] labels, int n, LogitLoss loss, double[] squares) {
    Arrays.fill(squares, 0, n, 0);
    float[] logits = new float[n * classes];
    run(
        n,
        Stage.Mode.EXAMPLE_NORMS,
        (pass, chunk) -> {
          forward(pass, chunk, inputs, logits);
          int row = chunk.from * classes;
          float[] errors = Arrays.copyOfRange(logits, row, row + chunk.count * classes);
          int[] own = Arrays.copyOfRange(labels, chunk.from, chunk.from + chunk.count);
          double[] each = new double[chunk.count];
          Arrays.fill(each, 1);
          loss.gradients(errors, new Targets(own, each, chunk.count, 1));
          pass.norms(errors, chunk.count, squares, chunk.from);
        });
  }

  /**
   * See {@link dev.rote.networks.Insight#activations}; of parts that are one node each.
   *
   * @param nodes their numbers
   */
  void activations(float[] inputs, int n, List<Integer> nodes, float[][] outputs) {
    run(
        n,
        Stage.Mode.INFERENCE,
        (pass, chunk) ->
            pass.activations(inputs, chunk.from * width, chunk.count, nodes, outputs, chunk.from));
  }

  private void forward(Pass pass, Chunk chunk, float[] inputs, float[] logits) {
    pass.forward(inputs, chunk.from * width, chunk.count, logits, chunk.from * classes, null);
  }

  private interface Work {
    void run(Pass pass, Chunk chunk);
  }

  private void run(int n, Stage.Mode mode, Work work) {
    List<Chunk> chunks = chunks(n);
    if (byLane) {
      prepare(chunks, mode);
      gate.run(
          threads,
          chunks.size(),
          (lane, part) -> work.run(pass(lane, chunks.get(part), mode), chunks.get(part)));
    } else {
      gate.run(
          threads,
          () -> {
            prepare(chunks, mode);
            chunks.forEach(chunk -> work.run(pass(0, chunk, mode), chunk));
          });
    }
  }

  private List<Chunk> chunks(int n) {
    List<Chunk> chunks = new ArrayList<>();
    for (int from = 0, count; from < n; from += count) {
      int size = sizes[0];
      for (int candidate : sizes) {
        size = 3L * candidate <= 4L * (n - from) ? candidate : size;
      }
      count = Math.min(size, n - from);
      chunks.add(new Chunk(from, count, size));
    }
    return chunks;
  }

  private void prepare(List<Chunk> chunks, Stage.Mode mode) {
    for (int lane = 0; lane < (byLane ? Math.min(threads, chunks.size()) : 1); lane++) {
      for (Chunk chunk : chunks) {
        passes.computeIfAbsent(
            new Key(lane, chunk.size, mode),
            key ->
                new Pass(new Arena(byLane ? 1 : threads), parts, inputShape, key.n(), key.mode()));
      }
    }
  }

  private Pass pass(int lane, Chunk chunk, Stage.Mode mode) {
    return Objects.requireNonNull(passes.get(new Key(lane, chunk.size, mode)));
  }

  @Override
  public void close() {
    passes.values().forEach(Pass::close);
    passes.clear();
  }
}
