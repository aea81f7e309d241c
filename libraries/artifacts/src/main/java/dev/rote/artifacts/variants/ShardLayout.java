package dev.rote.artifacts.variants;

import dev.rote.v1.Shape;
import dev.rote.v1.VariantManifest.Encoding;

/**
 * Where the parts of a shard lie, in bytes from its start.
 *
 * <pre>
 *  0  magic "ROTESHD1"
 *  8  int32 n, the number of examples
 * 12  int32 V, the values of one example
 * 16  int32 encoding: 1 uint8, 2 float32
 * 20  int32 zero
 * 24  int64 index of the first example in the split
 * 32  inputs: uint8 or float32 [n, V], padded with zeros to a multiple of 8 bytes
 *     int32 [n] labels to train on
 *     int32 [n] labels before the corruption
 *     int64 [n] indices in the source
 *     uint8 [n] masks: bit 0 input replaced, bit 1 label treated
 * </pre>
 *
 * @param examples n, at least 1
 * @param values V, at least 1
 * @param encoding how inputs are stored
 */
public record ShardLayout(int examples, int values, Encoding encoding) {
  /** "ROTESHD1", read as a little-endian int64. */
  static final long MAGIC = 0x3144485345544F52L;

  static final int HEADER_BYTES = 32;

  /** The size that shards aim at. */
  public static final int TARGET_BYTES = 4 << 20;

  private static final int BYTES_BESIDE_INPUTS = 4 + 4 + 8 + 1;

  public ShardLayout {
    if (examples < 1 || values < 1) {
      throw new IllegalArgumentException(
          "a shard needs at least one example and one value, was " + examples + " x " + values);
    }
    long size = (long) examples * ((long) values * valueBytes(encoding) + BYTES_BESIDE_INPUTS);
    if (size > Integer.MAX_VALUE - HEADER_BYTES - Long.BYTES) {
      throw new IllegalArgumentException("a shard must be smaller than 2 GiB, was " + size);
    }
  }

  /** Examples of a full shard of about {@link #TARGET_BYTES}; at least 1. */
  public static int examplesPerShard(int values, Encoding encoding) {
    long bytes = (long) values * valueBytes(encoding) + BYTES_BESIDE_INPUTS;
    return (int) Math.max(1, TARGET_BYTES / bytes);
  }

  /** V of a shape: channels times height times width. */
  public static int values(Shape shape) {
    return Math.multiplyExact(
        shape.getChannels(), Math.multiplyExact(shape.getHeight(), shape.getWidth()));
  }

  static int valueBytes(Encoding encoding) {
    return switch (encoding) {
      case UINT8 -> 1;
      case FLOAT32 -> Float.BYTES;
      case ENCODING_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("unknown encoding of inputs: " + encoding);
    };
  }

  int inputs() {
    return HEADER_BYTES;
  }

  int inputBytes() {
    return examples * values * valueBytes(encoding);
  }

  int labels() {
    return HEADER_BYTES + (inputBytes() + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
  }

  int originalLabels() {
    return labels() + Integer.BYTES * examples;
  }

  int sourceIndices() {
    return originalLabels() + Integer.BYTES * examples;
  }

  int masks() {
    return sourceIndices() + Long.BYTES * examples;
  }

  /** Size of the shard. */
  public int sizeBytes() {
    return masks() + examples;
  }
}
