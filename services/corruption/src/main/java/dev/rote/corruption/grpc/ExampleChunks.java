package dev.rote.corruption.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.rote.artifacts.variants.Shard;
import dev.rote.artifacts.variants.VariantReader;
import dev.rote.artifacts.variants.VariantSplit;
import dev.rote.corruption.datasets.DatasetSplit;
import dev.rote.v1.StreamExamplesResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** A range of examples as messages; one shard and one message are in memory at a time. */
final class ExampleChunks implements Iterator<StreamExamplesResponse> {
  /** Bytes of inputs in one message, at most. */
  static final int CHUNK_BYTES = 1 << 20;

  /** Examples in one message without inputs, at most. */
  static final int CHUNK_EXAMPLES = 8192;

  private final VariantReader variant;
  private final VariantSplit split;
  private final int perShard;
  private final int perChunk;
  private final int values;
  private final long end;
  private final Inputs inputs;
  private final @Nullable DatasetSplit originals;
  private @Nullable Shard shard;
  private long next;

  /** Whether messages have inputs. */
  enum Inputs {
    SENT,
    LEFT_OUT
  }

  /**
   * @param first first example
   * @param end example after the last one, at most those of the split
   * @param originals where inputs before the corruption are read, null: they are not sent
   */
  ExampleChunks(
      VariantReader variant,
      VariantSplit split,
      int values,
      long first,
      long end,
      Inputs inputs,
      @Nullable DatasetSplit originals) {
    this.variant = variant;
    this.split = split;
    this.perShard = split.of(variant.manifest()).getExamplesPerShard();
    this.values = values;
    this.perChunk =
        inputs == Inputs.LEFT_OUT
            ? CHUNK_EXAMPLES
            : Math.max(1, CHUNK_BYTES / (values * Float.BYTES));
    this.inputs = inputs;
    this.next = first;
    this.end = end;
    this.originals = originals;
  }

  @Override
  public boolean hasNext() {
    return next < end;
  }

  @Override
  public StreamExamplesResponse next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the range ends at " + end);
    }
    Shard current = shard;
    if (current == null || next >= current.firstIndex() + current.examples()) {
      current = variant.shard(split, (int) (next / perShard));
      shard = current;
    }
    int inside = (int) (next - current.firstIndex());
    int count = (int) Math.min(perChunk, Math.min(current.examples() - inside, end - next));
    StreamExamplesResponse chunk = chunk(current, inside, count);
    next += count;
    return chunk;
  }

  private StreamExamplesResponse chunk(Shard from, int inside, int count) {
    StreamExamplesResponse.Builder chunk = StreamExamplesResponse.newBuilder().setFirstIndex(next);
    byte[] masks = new byte[count];
    for (int i = 0; i < count; i++) {
      masks[i] = from.mask(inside + i);
      chunk
          .addLabels(from.label(inside + i))
          .addOriginalLabels(from.originalLabel(inside + i))
          .addSourceIndices(from.sourceIndex(inside + i));
    }
    if (inputs == Inputs.SENT) {
      chunk.setInputs(inputs(from, inside, count));
    }
    if (originals != null) {
      chunk.setOriginalInputs(originalInputs(originals, count));
    }
    return chunk.setCorrupted(UnsafeByteOperations.unsafeWrap(masks)).build();
  }

  private ByteString inputs(Shard from, int inside, int count) {
    ByteBuffer all = floats(count);
    float[] input = new float[values];
    for (int i = 0; i < count; i++) {
      from.input(inside + i, input, 0);
      all.asFloatBuffer().put(i * values, input);
    }
    return UnsafeByteOperations.unsafeWrap(all);
  }

  private ByteString originalInputs(DatasetSplit real, int count) {
    ByteBuffer inputs = floats(count);
    DatasetSplit.Reader reader = real.reader();
    int[] levels = new int[values];
    for (int i = 0; i < count; i++) {
      reader.read(next + i, levels);
      for (int v = 0; v < values; v++) {
        inputs.putFloat((i * values + v) * Float.BYTES, levels[v] / (float) real.top());
      }
    }
    return UnsafeByteOperations.unsafeWrap(inputs);
  }

  private ByteBuffer floats(int count) {
    return ByteBuffer.allocate(count * values * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }
}
