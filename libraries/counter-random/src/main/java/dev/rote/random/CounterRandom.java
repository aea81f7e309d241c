package dev.rote.random;

/**
 * A stream of random draws addressed by a pair of counters.
 *
 * <p>Draw {@code (major, minor)} depends on the seed, the purpose and the two counters alone. By
 * convention {@code major} is the index of an example (or a step) and {@code minor} the position
 * inside it. Instances are immutable and safe to share between threads.
 */
public final class CounterRandom {
  /*
   * Philox4x32-10 (Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3", SC 2011, section
   * 3.3): a 64-bit key, a 128-bit counter, ten rounds. The key is the seed mixed with the purpose
   * by SplitMix64's finaliser. Each block of 128 bits serves two 64-bit draws.
   */
  static final long M0 = 0xD2511F53L;
  static final long M1 = 0xCD9E8D57L;
  static final int W0 = 0x9E3779B9;
  static final int W1 = 0xBB67AE85;
  static final long LOW = 0xFFFFFFFFL;
  private static final double TO_UNIT = 0x1.0p-53;

  /* Draws made at a time; even, so that blocks are not split. */
  private static final int CHUNK = 1 << 10;

  private final int key0;
  private final int key1;

  private CounterRandom(long key) {
    this.key0 = (int) key;
    this.key1 = (int) (key >>> 32);
  }

  /**
   * The stream of {@code purpose} under {@code seed}.
   *
   * @param purpose what the draws are for, such as {@code "label"}; streams of different purposes
   *     are independent
   */
  public static CounterRandom of(long seed, String purpose) {
    long hash = mix(seed);
    for (int i = 0; i < purpose.length(); i++) {
      hash = mix(hash ^ purpose.charAt(i));
    }
    return new CounterRandom(mix(hash ^ purpose.length()));
  }

  /** 64 uniform bits. */
  public long bits(long major, long minor) {
    long block = minor >>> 1;
    return (minor & 1) == 0 ? philox(major, block, true) : philox(major, block, false);
  }

  /** A uniform draw from [0, 1), a multiple of 2<sup>-53</sup>. */
  public double uniform(long major, long minor) {
    return (bits(major, minor) >>> 11) * TO_UNIT;
  }

  /**
   * A uniform integer from [0, bound).
   *
   * @throws IllegalArgumentException unless {@code bound} is positive
   */
  public long below(long bound, long major, long minor) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound must be positive, was " + bound);
    }
    /* High word of a 64 x 64 product; the bias is below bound / 2^64. */
    return unsignedMultiplyHigh(bits(major, minor), bound);
  }

  /** A standard Gaussian draw (Box-Muller on draws {@code 2 minor} and {@code 2 minor + 1}). */
  public double gaussian(long major, long minor) {
    double radius = radius(major, minor & ~1L);
    double angle = angle(major, minor & ~1L);
    return (minor & 1) == 0 ? radius * StrictMath.cos(angle) : radius * StrictMath.sin(angle);
  }

  /**
   * Fills {@code out} with {@code scale * gaussian(major, first + i) + shift}.
   *
   * @param first position of the first draw; even, so that pairs are not split
   */
  public void fillGaussian(
      float[] out, int offset, int length, long major, long first, double scale, double shift) {
    if ((first & 1) != 0) {
      throw new IllegalArgumentException("first must be even, was " + first);
    }
    for (int i = 0; i < length; i += 2) {
      double radius = radius(major, first + i);
      double angle = angle(major, first + i);
      out[offset + i] = (float) (radius * StrictMath.cos(angle) * scale + shift);
      if (i + 1 < length) {
        out[offset + i + 1] = (float) (radius * StrictMath.sin(angle) * scale + shift);
      }
    }
  }

  /**
   * Fills {@code out[0 … length - 1]} with uniform bits, the cheap way to draw many: word {@code i}
   * is the low (i even) or high half of {@code bits(major, i / 2)}.
   */
  public void fillBits(int[] out, int length, long major) {
    new PhiloxBlocks(key0, key1).fill(out, length, major, 0);
  }

  /**
   * Fills {@code out} with draws from [-bound, bound), {@code bound * (2 uniform(major, i) - 1)},
   * many times faster than one by one.
   */
  public void fillUniform(float[] out, long major, double bound) {
    PhiloxBlocks blocks = new PhiloxBlocks(key0, key1);
    int[] words = new int[2 * Math.min(out.length, CHUNK)];
    for (int from = 0; from < out.length; from += CHUNK) {
      int count = Math.min(CHUNK, out.length - from);
      blocks.fill(words, 2 * count, major, from / 2);
      for (int i = 0; i < count; i++) {
        long bits = (words[2 * i + 1] & LOW) << 32 | (words[2 * i] & LOW);
        out[from + i] = (float) (bound * (2 * ((bits >>> 11) * TO_UNIT) - 1));
      }
    }
  }

  private double radius(long major, long even) {
    double u = ((bits(major, even) >>> 11) + 1) * TO_UNIT;
    return Math.sqrt(-2.0 * StrictMath.log(u));
  }

  private double angle(long major, long even) {
    return 2.0 * Math.PI * uniform(major, even + 1);
  }

  private long philox(long major, long block, boolean low) {
    int[] words = new int[4];
    philox(major, block, words);
    return low
        ? (words[1] & LOW) << 32 | (words[0] & LOW)
        : (words[3] & LOW) << 32 | (words[2] & LOW);
  }

  private void philox(long major, long block, int[] words) {
    int c0 = (int) block;
    int c1 = (int) (block >>> 32);
    int c2 = (int) major;
    int c3 = (int) (major >>> 32);
    int k0 = key0;
    int k1 = key1;
    for (int round = 0; round < 10; round++) {
      long p0 = M0 * (c0 & LOW);
      long p1 = M1 * (c2 & LOW);
      int n0 = (int) (p1 >>> 32) ^ c1 ^ k0;
      int n2 = (int) (p0 >>> 32) ^ c3 ^ k1;
      c1 = (int) p1;
      c3 = (int) p0;
      c0 = n0;
      c2 = n2;
      k0 += W0;
      k1 += W1;
    }
    words[0] = c0;
    words[1] = c1;
    words[2] = c2;
    words[3] = c3;
  }

  private static long unsignedMultiplyHigh(long a, long positive) {
    return Math.multiplyHigh(a, positive) + ((a >> 63) & positive);
  }

  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
