package dev.rote.corruption.datasets;

import dev.rote.corruption.selection.IndexSet;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The examples of a source whose inputs no earlier one has, byte for byte. Holds 12 bytes for each
 * place of a table of two to four times the examples.
 */
final class DistinctInputs {
  /** Most examples. */
  private static final int MOST = most(Runtime.getRuntime().maxMemory());

  /* Of the four places for the largest power of two in the number of examples. */
  private static final int BYTES_OF_AN_EXAMPLE = 48;
  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private final ExampleSource source;
  private final long[] hashes;
  private final int[] examples;
  private final float[] numbers;
  private final byte[] input;
  private final byte[] other;

  private DistinctInputs(ExampleSource source) {
    this.source = source;
    int places = Integer.highestOneBit(Math.max(1, (int) source.size())) << 2;
    this.hashes = new long[places];
    this.examples = new int[places];
    Arrays.fill(examples, -1);
    int values = source.shape().values();
    this.numbers = new float[source.isLevels() ? 0 : values];
    this.input = new byte[source.isLevels() ? values : values * Float.BYTES];
    this.other = new byte[input.length];
  }

  /** Examples for whose table half of a heap has room. */
  static int most(long heapBytes) {
    long largest = Long.highestOneBit(heapBytes / 2 / BYTES_OF_AN_EXAMPLE);
    return (int) Math.min(1 << 23, 2 * largest - 1);
  }

  /**
   * Finds them.
   *
   * @param kept index in a larger source of each example
   * @param within size of the larger source
   * @return indices in the larger source
   * @throws DatasetException with reason {@code REFUSED} when there are too many examples
   */
  static IndexSet of(ExampleSource source, IndexSet kept, long within) {
    if (source.size() > MOST) {
      throw DatasetException.refused(
          "variant.dataset.duplicates",
          "DROP compares at most "
              + MOST
              + " examples, as the memory of this service has room for, were "
              + source.size());
    }
    DistinctInputs seen = new DistinctInputs(source);
    return IndexSet.collect(
        within,
        distinct -> {
          for (int i = 0; i < source.size(); i++) {
            if (seen.add(i)) {
              distinct.accept(kept.get(i));
            }
          }
        });
  }

  /** Adds an example unless an equal one is there. */
  private boolean add(int example) {
    read(example, input);
    long hash = hash(input);
    int place = (int) (hash ^ (hash >>> 32)) & (hashes.length - 1);
    while (examples[place] >= 0) {
      if (hashes[place] == hash && isEqual(examples[place])) {
        return false;
      }
      place = (place + 1) & (hashes.length - 1);
    }
    hashes[place] = hash;
    examples[place] = example;
    return true;
  }

  private void read(int example, byte[] bytes) {
    if (source.isLevels()) {
      source.read(example, bytes);
      return;
    }
    source.read(example, numbers);
    ByteBuffer.wrap(bytes).asFloatBuffer().put(numbers);
  }

  private boolean isEqual(int example) {
    read(example, other);
    return Arrays.equals(input, other);
  }

  /** FNV-1a of 64 bits. */
  private static long hash(byte[] bytes) {
    long hash = OFFSET;
    for (byte value : bytes) {
      hash = (hash ^ (value & 0xFF)) * PRIME;
    }
    return hash;
  }
}
