package dev.rote.corruption.datasets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Small files in the datasets' formats. */
final class TestFiles {
  private TestFiles() {}

  /** An IDX file of bytes. */
  static byte[] idx(byte[] data, int... dimensions) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * dimensions.length + data.length);
    bytes.putInt(0x00000800 | dimensions.length);
    for (int dimension : dimensions) {
      bytes.putInt(dimension);
    }
    return bytes.put(data).array();
  }

  /** {@code n} images of h x w whose bytes count up. */
  static byte[] images(int n, int h, int w) {
    byte[] data = new byte[n * h * w];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) i;
    }
    return idx(data, n, h, w);
  }

  /** {@code n} labels 0, 1, 2, 0, …. */
  static byte[] labels(int n) {
    byte[] data = new byte[n];
    for (int i = 0; i < n; i++) {
      data[i] = (byte) (i % 3);
    }
    return idx(data, n);
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  /** A tar archive. */
  static byte[] tar(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      byte[] header = new byte[512];
      byte[] name = entry.getKey().getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(name, 0, header, 0, name.length);
      byte[] size =
          String.format(Locale.ROOT, "%011o", entry.getValue().length)
              .getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(size, 0, header, 124, size.length);
      header[156] = '0';
      out.write(header);
      out.write(Arrays.copyOf(entry.getValue(), (entry.getValue().length + 511) / 512 * 512));
    }
    out.write(new byte[1024]);
    return out.toByteArray();
  }

  static Path write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.write(file, bytes);
  }
}
