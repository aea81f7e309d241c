package dev.rote.benchmarks.reading;

import dev.rote.benchmarks.race.Work;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** An archive of arrays, unpacked and dropped. */
final class UnpackingAlone implements Work {
  private static final int BUFFER = 1 << 16;

  private final Path archive;

  private UnpackingAlone(Path archive) {
    this.archive = archive;
  }

  /**
   * Answers a race.
   *
   * @param arguments the archive
   */
  public static void main(String[] arguments) throws IOException {
    Work.serve(new UnpackingAlone(Path.of(arguments[0])));
  }

  @Override
  public double[] check() {
    LevelMoments moments = new LevelMoments();
    try (ZipFile zip = new ZipFile(archive.toFile());
        InputStream in = zip.getInputStream(new ZipEntry("x.npy"))) {
      byte[] start = in.readNBytes(10);
      in.skipNBytes((start[8] & 0xFF) | (start[9] & 0xFF) << 8);
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        for (int i = 0; i < read; i++) {
          moments.add(buffer[i] & 0xFF);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return moments.countMeanDeviation();
  }

  @Override
  public void run(int times) {
    byte[] buffer = new byte[BUFFER];
    for (int i = 0; i < times; i++) {
      try (ZipFile zip = new ZipFile(archive.toFile())) {
        for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
          try (InputStream in = zip.getInputStream(entry)) {
            while (in.read(buffer) >= 0) {
              /* What counts is the time. */
            }
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
