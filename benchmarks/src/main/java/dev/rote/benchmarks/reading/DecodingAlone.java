package dev.rote.benchmarks.reading;

import dev.rote.benchmarks.race.Work;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Pictures that lie encoded in memory, decoded one by one by the codecs that Rote uses. */
final class DecodingAlone implements Work {
  private final List<byte[]> pictures = new ArrayList<>();
  private final ImageReader reader;

  private DecodingAlone(Path folder, String encoding) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        pictures.add(Files.readAllBytes(file));
      }
    }
    this.reader = ImageIO.getImageReadersByFormatName(encoding).next();
  }

  /**
   * Answers a race.
   *
   * @param arguments folder of the pictures, and how they are encoded
   */
  public static void main(String[] arguments) throws IOException {
    Work.serve(new DecodingAlone(Path.of(arguments[0]), arguments[1]));
  }

  @Override
  public double[] check() {
    LevelMoments moments = new LevelMoments();
    for (byte[] picture : pictures) {
      Raster raster = decoded(picture).getRaster();
      int[] samples = raster.getPixels(0, 0, raster.getWidth(), raster.getHeight(), (int[]) null);
      for (int sample : samples) {
        moments.add(sample);
      }
    }
    return moments.countMeanDeviation();
  }

  @Override
  public void run(int times) {
    for (int i = 0; i < times; i++) {
      pictures.forEach(this::decoded);
    }
  }

  private BufferedImage decoded(byte[] picture) {
    try (MemoryCacheImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(picture))) {
      reader.setInput(in, true, true);
      return reader.read(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
