package dev.rote.benchmarks.reading;

import dev.rote.random.CounterRandom;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** Folders of pictures of CIFAR's size, a class each: smooth shades with a little noise. */
final class PictureFiles {
  static final int EXAMPLES = 4_000;
  static final int SIDE = 32;

  private static final int CLASSES = 10;
  private static final int NOISE = 24;

  private PictureFiles() {}

  /**
   * Writes them into a folder unless they are there.
   *
   * @param format as names end, {@code png} or {@code jpg}
   */
  static void write(Path folder, String format) {
    if (Files.exists(folder.resolve("9/3999." + format))) {
      return;
    }
    CounterRandom random = CounterRandom.of(1, "pictures");
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    try {
      for (int c = 0; c < CLASSES; c++) {
        Files.createDirectories(folder.resolve(Integer.toString(c)));
      }
      for (int i = 0; i < EXAMPLES; i++) {
        for (int p = 0; p < SIDE * SIDE; p++) {
          int rgb = 0;
          for (int channel = 0; channel < 3; channel++) {
            double wave = Math.sin((p % SIDE) * 0.2 + i) + Math.cos(p / SIDE * 0.15 + channel);
            rgb = rgb << 8 | (int) (90 + 30 * wave + random.below(NOISE, i, 3L * p + channel));
          }
          image.setRGB(p % SIDE, p / SIDE, rgb);
        }
        Path file = folder.resolve(i % CLASSES + "/" + i + "." + format);
        if (!ImageIO.write(image, format, file.toFile())) {
          throw new IllegalStateException("Java writes no " + format);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All of them. */
  static List<Path> of(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
