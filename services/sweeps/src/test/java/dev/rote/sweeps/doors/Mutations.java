package dev.rote.sweeps.doors;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Mistakes made by chance in what doors are sent. */
public final class Mutations {
  /** How many of each kind are tried. */
  public static final int COUNT = Integer.getInteger("rote.mutations", 300);

  private Mutations() {}

  public static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** Bytes flipped, left out, doubled or put in, a few at a time. */
  public static byte[] of(byte[] bytes, RandomGenerator random) {
    List<Byte> list = new ArrayList<>();
    for (byte b : bytes) {
      list.add(b);
    }
    for (int i = 1 + random.nextInt(4); i > 0 && !list.isEmpty(); i--) {
      int at = random.nextInt(list.size());
      switch (random.nextInt(5)) {
        case 0 -> list.set(at, (byte) (list.get(at) ^ (1 << random.nextInt(8))));
        case 1 -> list.remove(at);
        case 2 -> list.add(at, (byte) random.nextInt());
        case 3 -> list.subList(at, Math.min(list.size(), at + random.nextInt(20))).clear();
        default ->
            list.addAll(at, new ArrayList<>(list.subList(at, Math.min(list.size(), at + 30))));
      }
    }
    byte[] result = new byte[list.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = list.get(i);
    }
    return result;
  }
}
