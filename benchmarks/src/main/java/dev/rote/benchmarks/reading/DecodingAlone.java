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
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Pictures that lie encoded in memory, decoded by the codecs that Rote uses: each core of the JVM
 * takes one after the other.
 */
final class DecodingAlone implements Work {
  private final List<byte[]> pictures = new ArrayList<>();
  private final String encoding;
  private final int cores = Runtime.getRuntime().availableProcessors();

  private DecodingAlone(Path folder, String encoding) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        pictures.add(Files.readAllBytes(file));
      }
    }
    this.encoding = encoding;
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
    ImageReader reader = reader();
    for (byte[] picture : pictures) {
      Raster raster = decoded(picture, reader).getRaster();
      int[] samples = raster.getPixels(0, 0, raster.getWidth(), raster.getHeight(), (int[]) null);
      for (int sample : samples) {
        moments.add(sample);
      }
    }
    return moments.countMeanDeviation();
  }

  @Override
  public void run(int times) {
    AtomicLong next = new AtomicLong();
    long count = (long) times * pictures.size();
    List<Thread> threads = new ArrayList<>();
    for (int core = 1; core < cores; core++) {
      Thread thread = new Thread(() -> decode(next, count));
      thread.start();
      threads.add(thread);
    }
    decode(next, count);
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void decode(AtomicLong next, long count) {
    ImageReader reader = reader();
    for (long i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
      decoded(pictures.get((int) (i % pictures.size())), reader);
    }
  }

  private ImageReader reader() {
    return ImageIO.getImageReadersByFormatName(encoding).next();
  }

  private static BufferedImage decoded(byte[] picture, ImageReader reader) {
    try (MemoryCacheImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(picture))) {
      reader.setInput(in, true, true);
      return reader.read(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
