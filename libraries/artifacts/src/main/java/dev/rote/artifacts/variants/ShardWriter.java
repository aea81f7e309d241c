package dev.rote.artifacts.variants;

import dev.rote.artifacts.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;

/** Fills the bytes of one shard after another; one thread at a time. */
public final class ShardWriter {
  private final ShardLayout full;
  private final byte[] bytes;
  private final ByteBuffer buffer;
  private ShardLayout layout;

  /**
   * @param full layout of the largest shard that will be written
   */
  public ShardWriter(ShardLayout full) {
    this.full = full;
    this.layout = full;
    this.bytes = new byte[full.sizeBytes()];
    this.buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Begins a shard; what was written before is forgotten.
   *
   * @param firstIndex index of its first example in the split
   * @param examples its examples, at most those of the full layout
   */
  public void begin(long firstIndex, int examples) {
    if (examples > full.examples()) {
      throw new IllegalArgumentException(
          "a shard holds at most " + full.examples() + " examples, was " + examples);
    }
    layout = new ShardLayout(examples, full.values(), full.encoding());
    Arrays.fill(bytes, 0, layout.sizeBytes(), (byte) 0);
    buffer.putLong(0, ShardLayout.MAGIC);
    buffer.putInt(8, examples);
    buffer.putInt(12, full.values());
    buffer.putInt(16, full.encoding().getNumber());
    buffer.putLong(24, firstIndex);
  }

  /** Sets the input of example {@code i} of the shard from uint8 levels. */
  public void input(int i, byte[] levels, int offset) {
    switch (full.encoding()) {
      case UINT8 ->
          System.arraycopy(
              levels, offset, bytes, layout.inputs() + i * full.values(), full.values());
      case FLOAT32 -> {
        int at = layout.inputs() + i * full.values() * Float.BYTES;
        for (int v = 0; v < full.values(); v++) {
          buffer.putFloat(at + v * Float.BYTES, Pixels.value(levels[offset + v]));
        }
      }
      default -> throw new IllegalStateException("unknown encoding " + full.encoding());
    }
  }

  /**
   * Sets the input of example {@code i} of the shard from values; of an uint8 shard they must be
   * multiples of 1/255.
   */
  public void input(int i, float[] values, int offset) {
    switch (full.encoding()) {
      case UINT8 -> {
        int at = layout.inputs() + i * full.values();
        for (int v = 0; v < full.values(); v++) {
          bytes[at + v] = Pixels.level(values[offset + v]);
        }
      }
      case FLOAT32 ->
          buffer
              .slice(layout.inputs(), layout.inputBytes())
              .order(ByteOrder.LITTLE_ENDIAN)
              .asFloatBuffer()
              .put(i * full.values(), values, offset, full.values());
      default -> throw new IllegalStateException("unknown encoding " + full.encoding());
    }
  }

  /** Sets everything beside the input of example {@code i} of the shard. */
  public void labels(int i, int label, int originalLabel, long sourceIndex, byte mask) {
    buffer.putInt(layout.labels() + i * Integer.BYTES, label);
    buffer.putInt(layout.originalLabels() + i * Integer.BYTES, originalLabel);
    buffer.putLong(layout.sourceIndices() + i * Long.BYTES, sourceIndex);
    buffer.put(layout.masks() + i, mask);
  }

  /** Size of the shard begun last. */
  public int sizeBytes() {
    return layout.sizeBytes();
  }

  /** The bytes written; valid until the next {@link #begin}. */
  public ByteBuffer view() {
    return buffer.slice(0, layout.sizeBytes()).asReadOnlyBuffer();
  }

  /** The bytes written, in an array that is valid until the next {@link #begin}. */
  public byte[] bytes() {
    return layout.sizeBytes() == bytes.length ? bytes : toBytes();
  }

  /** A copy of the bytes written. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, layout.sizeBytes());
  }

  /** SHA-256 of the bytes written. */
  public byte[] sha256() {
    MessageDigest digest = Sha256.digest();
    digest.update(bytes, 0, layout.sizeBytes());
    return digest.digest();
  }
}
