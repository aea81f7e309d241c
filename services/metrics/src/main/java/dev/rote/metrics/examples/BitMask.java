package dev.rote.metrics.examples;

/** Bits of N examples: bit {@code i mod 8} of byte {@code i / 8} belongs to example i. */
public final class BitMask {
  private final byte[] bytes;
  private final int size;

  /** All bits zero. */
  public BitMask(int size) {
    this.bytes = new byte[(size + 7) / 8];
    this.size = size;
  }

  /** Number of examples N. */
  public int size() {
    return size;
  }

  /** Sets bit {@code i}. */
  public void set(int i) {
    bytes[i / 8] |= (byte) (1 << (i % 8));
  }

  /** Bit {@code i}. */
  public boolean get(int i) {
    return (bytes[i / 8] >> (i % 8) & 1) != 0;
  }

  /** A copy of the bytes, ceil(N / 8) of them; spare bits are zero. */
  public byte[] toBytes() {
    return bytes.clone();
  }
}
