package dev.rote.cli.adversarial;

import com.google.protobuf.ByteString;
import dev.rote.cli.CommandFailure;
import dev.rote.cli.ExitCodes;
import dev.rote.v1.Shape;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Images of an IDX file, read block by block: unsigned bytes (value / 255) or float32 as they are,
 * as [n, rows, columns] or [n, channels, rows, columns]. A name that ends in {@code .gz} is
 * unpacked.
 */
public final class IdxImages implements Iterator<ExampleBlock>, AutoCloseable {
  private static final int BLOCK_BYTES = 1 << 20;

  private final Path file;
  private final InputStream in;
  private final ImageHeader header;
  private final boolean anyRange;
  private final long end;
  private long next;
  private InputRange range = InputRange.EMPTY;

  private IdxImages(
      Path file, InputStream in, ImageHeader header, long offset, long count, boolean anyRange)
      throws IOException {
    this.file = file;
    this.in = in;
    this.header = header;
    this.anyRange = anyRange;
    if (offset >= header.images()) {
      throw refused(String.format("has %d images: none from %d on", header.images(), offset));
    }
    in.skipNBytes(offset * header.bytesPerImage());
    this.next = offset;
    this.end = count == 0 ? header.images() : offset + Math.min(count, header.images() - offset);
  }

  /**
   * Opens a file; the caller closes it.
   *
   * @param offset first image
   * @param count at most so many; 0: all
   * @param anyRange whether values outside [0, 1] are taken
   * @throws CommandFailure when it holds no images, or none from {@code offset} on
   */
  public static IdxImages open(Path file, long offset, long count, boolean anyRange)
      throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(file));
    try {
      boolean packed = file.toString().endsWith(".gz");
      InputStream unpacked = packed ? new GZIPInputStream(raw) : raw;
      ImageHeader header = ImageHeader.read(file, unpacked);
      if (!packed) {
        header.checkLength(file, Files.size(file));
      }
      return new IdxImages(file, unpacked, header, offset, count, anyRange);
    } catch (EOFException | ZipException e) {
      raw.close();
      throw cut(file, e);
    } catch (IOException | CommandFailure e) {
      raw.close();
      throw e;
    }
  }

  /**
   * Reads all that would be sent and says what it is.
   *
   * @throws CommandFailure as {@link #open} and {@link #next} do, before anything is sent
   */
  public static String describe(Path file, long offset, long count, boolean anyRange)
      throws IOException {
    try (IdxImages images = open(file, offset, count, anyRange)) {
      long first = images.next;
      while (images.hasNext()) {
        images.next();
      }
      String warning =
          !images.header.isFloat() && images.range.highest() <= 1 / 255f
              ? "; no byte is above 1: were they in [0, 1] before they became bytes?"
              : "";
      return String.format(
          Locale.ROOT,
          "%s: %d images of %s, %s, values from %s to %s%s",
          file,
          images.end - first,
          images.header,
          images.header.isFloat() ? "32-bit floats as they are" : "unsigned bytes divided by 255",
          images.range.lowest(),
          images.range.highest(),
          warning);
    }
  }

  private CommandFailure refused(String what) {
    return new CommandFailure(ExitCodes.INVALID, file + " " + what);
  }

  private static CommandFailure cut(Path file, IOException e) {
    return new CommandFailure(
        ExitCodes.INVALID, file + " is cut short, or its gzip stream is damaged", e);
  }

  @Override
  public boolean hasNext() {
    return next < end;
  }

  @Override
  public ExampleBlock next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    int bytesPerExample = ExampleBlock.bytesPerExample(header.shape());
    int count = (int) Math.min(Math.max(1, BLOCK_BYTES / bytesPerExample), end - next);
    ByteBuffer inputs = ByteBuffer.allocate(count * bytesPerExample).order(ByteOrder.LITTLE_ENDIAN);
    try {
      read(inputs.asFloatBuffer(), count);
    } catch (EOFException | ZipException e) {
      throw cut(file, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    next += count;
    return new ExampleBlock(header.shape(), ByteString.copyFrom(inputs), List.of());
  }

  private void read(FloatBuffer into, int count) throws IOException {
    byte[] bytes = new byte[Math.toIntExact(count * header.bytesPerImage())];
    if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
      throw new EOFException();
    }
    if (!header.isFloat()) {
      for (byte b : bytes) {
        float value = (b & 0xff) / 255f;
        into.put(value);
        range = range.with(value);
      }
      return;
    }
    FloatBuffer values = ByteBuffer.wrap(bytes).order(ByteOrder.BIG_ENDIAN).asFloatBuffer();
    while (values.hasRemaining()) {
      float value = values.get();
      if (!Float.isFinite(value) || (!anyRange && (value < 0 || value > 1))) {
        throw outside(values.position() - 1, value);
      }
      into.put(value);
      range = range.with(value);
    }
  }

  private CommandFailure outside(int at, float value) {
    Shape shape = header.shape();
    int perImage = shape.getChannels() * shape.getHeight() * shape.getWidth();
    String where =
        String.format(
            "has the value %s in image %d (row %d, column %d)",
            value,
            next + at / perImage,
            at / shape.getWidth() % shape.getHeight(),
            at % shape.getWidth());
    return refused(
        Float.isFinite(value)
            ? where
                + ", and networks are trained on values in [0, 1]. Divide grey levels by 255 (in"
                + " NumPy: (images / 255).astype('>f4')) or write unsigned bytes, which are divided"
                + " by 255 here; --any-range sends values as they are"
            : where + ": values must be finite. Floats of an IDX file are big-endian ('>f4')");
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
