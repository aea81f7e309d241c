package dev.rote.benchmarks.reading;

import dev.rote.random.CounterRandom;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/**
 * The files of a case: waves with some noise, a folder for each class; of archives, pen strokes.
 */
final class PictureFiles {
  /** The folder of encoded pictures, which Parquet files are made of. */
  static final String PICTURES = "pictures";

  private static final double NOISE = 16;
  private static final double WAVE = 90;
  private static final double INK = 0.2;
  private static final int LEVELS = 256;

  /* DuckDB writes a page for each row group. */
  private static final int ROW_GROUP = 2048;

  private PictureFiles() {}

  /** Writes the files of a case. */
  static void write(ReadingCase of, Path directory) {
    try {
      if (of.layout() == ReadingCase.Layout.ARCHIVE) {
        archive(of, directory.resolve(of.path()));
        return;
      }
      pictures(of, directory.resolve(PICTURES));
      if (of.layout() == ReadingCase.Layout.PARQUET) {
        parquet(
            "SELECT {'bytes': content, 'path': parse_filename(filename)} AS image, %s AS label FROM %s ORDER BY filename",
            "SNAPPY", directory, directory.resolve(of.path()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes the pictures of a case so often that a Parquet file has as many bytes. Each ends with
   * bytes of its own after its end, which no decoder reads, so that no dictionary holds them; and
   * nothing is packed, since copies of a picture lie beside each other.
   *
   * @return examples of the file
   */
  static long writeLarge(ReadingCase of, long bytes, Path directory) {
    try {
      pictures(of, directory.resolve(PICTURES));
      long once = 0;
      try (var files = Files.walk(directory.resolve(PICTURES))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          once += Files.size(file);
        }
      }
      long times = bytes / once + 1;
      parquet(
          "SELECT {'bytes': content || encode(lpad(i::VARCHAR, 8, '0')), 'path': NULL::VARCHAR} AS image, %s AS label FROM %s, range("
              + times
              + ") r(i)",
          "UNCOMPRESSED",
          directory,
          directory.resolve(of.path()));
      return times * of.examples();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void parquet(String rows, String compression, Path directory, Path target) {
    String query =
        rows.formatted(
            "regexp_extract(filename, '/c([0-9]+)/', 1)::INT",
            "read_blob('" + directory.resolve(PICTURES) + "/*/*')");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = connection.createStatement()) {
      sql.execute("SET memory_limit = '2GB'");
      sql.execute(
          "COPY (%s) TO '%s' (FORMAT PARQUET, COMPRESSION %s, ROW_GROUP_SIZE %d)"
              .formatted(query, target, compression, ROW_GROUP));
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB wrote no " + target, e);
    }
  }

  private static void pictures(ReadingCase of, Path folder) throws IOException {
    CounterRandom random = CounterRandom.of(1, "pictures");
    for (int i = 0; i < of.examples(); i++) {
      Path file =
          folder.resolve("c%d/%06d.%s".formatted(i % ReadingCase.CLASSES, i, of.encoding()));
      Files.createDirectories(file.getParent());
      if (!ImageIO.write(picture(of.side(), i, random), of.encoding(), file.toFile())) {
        throw new IllegalStateException("ImageIO writes no " + of.encoding());
      }
    }
  }

  private static BufferedImage picture(int side, int i, CounterRandom random) {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        for (int c = 0; c < 3; c++) {
          double angle = (i % 97 + 1) * 0.02 * x + (i % 89 + 1) * 0.03 * y + c;
          double noise = random.uniform(i, (y * side + x) * 3 + c) * NOISE;
          image
              .getRaster()
              .setSample(x, y, c, (int) (LEVELS / 2 - NOISE / 2 + WAVE * Math.sin(angle) + noise));
        }
      }
    }
    return image;
  }

  private static void archive(ReadingCase of, Path file) throws IOException {
    CounterRandom random = CounterRandom.of(1, "images");
    int pixels = of.side() * of.side();
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("x.npy"));
      zip.write(header("%d, %d, %d".formatted(of.examples(), of.side(), of.side())));
      byte[] image = new byte[pixels];
      for (int i = 0; i < of.examples(); i++) {
        for (int p = 0; p < pixels; p++) {
          image[p] = (byte) Math.max(0, (random.uniform(i, p) - 1 + INK) / INK * LEVELS);
        }
        zip.write(image);
      }
      zip.putNextEntry(new ZipEntry("y.npy"));
      zip.write(header(of.examples() + ","));
      for (int i = 0; i < of.examples(); i++) {
        zip.write(i % ReadingCase.CLASSES);
      }
    }
  }

  private static byte[] header(String shape) {
    byte[] text =
        ("{'descr': '|u1', 'fortran_order': False, 'shape': (" + shape + "), }\n")
            .getBytes(StandardCharsets.US_ASCII);
    ByteBuffer header = ByteBuffer.allocate(10 + text.length).order(ByteOrder.LITTLE_ENDIAN);
    header.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    return header.putShort((short) text.length).put(text).array();
  }
}
