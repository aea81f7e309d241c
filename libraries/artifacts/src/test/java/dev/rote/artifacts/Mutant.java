package dev.rote.artifacts;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Bytes with changes by chance. A thousand a test; {@code -Drote.mutations=100000} tries more. */
public final class Mutant {
  /** Mutants of each kind. */
  public static final int COUNT = Integer.getInteger("rote.mutations", 1000);

  private Mutant() {}

  /** Flips, sets, cuts, fills or grows parts; the beginning, where lengths are, more often. */
  public static byte[] of(byte[] original, SplittableRandom random) {
    byte[] bytes = original.clone();
    for (int change = random.nextInt(1, 4); change > 0 && bytes.length > 0; change--) {
      int within = random.nextBoolean() ? bytes.length : Math.min(bytes.length, 100);
      int at = random.nextInt(within);
      switch (random.nextInt(7)) {
        case 0, 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes[at] = (byte) random.nextInt(256);
        case 3 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) 0xFF);
        case 4 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) 0);
        case 5 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
        default -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(1, 40));
      }
    }
    return bytes;
  }
}
