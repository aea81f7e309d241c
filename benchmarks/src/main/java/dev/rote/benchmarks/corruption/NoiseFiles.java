package dev.rote.benchmarks.corruption;

import dev.rote.random.CounterRandom;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Images of MNIST's size, four pixels of five black, as IDX files {@code images, labels}. */
final class NoiseFiles {
  static final int EXAMPLES = 60_000;

  /** A variant needs a validation split; it stays real, one image in six hundred. */
  static final int VALIDATION = 100;

  static final int SIDE = 28;
  static final int HEADER = 16;

  private static final int IMAGES_MAGIC = 0x803;
  private static final int LABELS_MAGIC = 0x801;
  private static final int CLASSES = 10;
  private static final double INK = 0.2;
  private static final int LEVELS = 256;

  private NoiseFiles() {}

  static void write(Path directory) {
    CounterRandom random = CounterRandom.of(1, "images");
    int n = EXAMPLES + VALIDATION;
    int pixels = SIDE * SIDE;
    ByteBuffer images = ByteBuffer.allocate(HEADER + n * pixels);
    images.putInt(IMAGES_MAGIC).putInt(n).putInt(SIDE).putInt(SIDE);
    ByteBuffer labels = ByteBuffer.allocate(Long.BYTES + n);
    labels.putInt(LABELS_MAGIC).putInt(n);
    for (int i = 0; i < n; i++) {
      for (int p = 0; p < pixels; p++) {
        images.put((byte) Math.max(0, (random.uniform(i, p) - 1 + INK) / INK * LEVELS));
      }
      labels.put((byte) (i % CLASSES));
    }
    try {
      Files.write(directory.resolve("images"), images.array());
      Files.write(directory.resolve("labels"), labels.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
