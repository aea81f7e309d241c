package dev.rote.benchmarks.reading;

import dev.rote.benchmarks.race.Work;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** Java's own codecs on the bytes of all pictures, which are in memory; nothing is kept. */
final class DecodingAlone implements Work {
  private final List<byte[]> pictures = new ArrayList<>();
  private double sum;

  private DecodingAlone(Path folder) throws IOException {
    ImageIO.setUseCache(false);
    for (Path file : PictureFiles.of(folder)) {
      pictures.add(Files.readAllBytes(file));
    }
  }

  /**
   * Answers a race.
   *
   * @param arguments the folder
   */
  public static void main(String[] arguments) throws IOException {
    Work.serve(new DecodingAlone(Path.of(arguments[0])));
  }

  @Override
  public double[] check() {
    sum = 0;
    run(1);
    return new double[] {pictures.size(), sum / pictures.size()};
  }

  @Override
  public void run(int times) {
    for (int i = 0; i < times; i++) {
      pictures.forEach(this::decode);
    }
  }

  private void decode(byte[] picture) {
    try {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture));
      int[] values = image.getRaster().getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
      for (int value : values) {
        sum += value;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
