package dev.rote.cli.adversarial;

import com.google.protobuf.ByteString;
import dev.rote.cli.CommandFailure;
import dev.rote.cli.ExitCodes;
import dev.rote.v1.Shape;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
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
import java.util.NoSuchElementException;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Images of an IDX file, read block by block: unsigned bytes (value / 255) or float32, as [n, rows,
 * columns] or [n, channels, rows, columns]. A name that ends in {@code .gz} is unpacked.
 */
public final class IdxImages implements Iterator<ExampleBlock>, AutoCloseable {
  private static final int UNSIGNED_BYTE = 0x08;
  private static final int FLOAT32 = 0x0D;
  private static final int BLOCK_BYTES = 1 << 20;
  private static final int LARGEST_SIDE = 4096;

  private final Path file;
  private final DataInputStream in;
  private final int type;
  private final Shape shape;
  private final long total;
  private long left;

  private IdxImages(Path file, DataInputStream in, long offset, long count) throws IOException {
    this.file = file;
    this.in = in;
    int magic = in.readInt();
    this.type = magic >>> 8;
    int dimensions = magic & 0xff;
    if ((type != UNSIGNED_BYTE && type != FLOAT32) || (dimensions != 3 && dimensions != 4)) {
      throw refused(
          String.format(
              "is no IDX file of images: it begins with %08x, expected 00000803, 00000804, 00000d03"
                  + " or 00000d04",
              magic));
    }
    this.total = Integer.toUnsignedLong(in.readInt());
    this.shape =
        Shape.newBuilder()
            .setChannels(dimensions == 4 ? side("channels") : 1)
            .setHeight(side("rows"))
            .setWidth(side("columns"))
            .build();
    if (offset >= total) {
      throw refused(String.format("has %d images: none from %d on", total, offset));
    }
    in.skipNBytes(offset * valuesPerExample() * (type == FLOAT32 ? Float.BYTES : 1));
    this.left = count == 0 ? total - offset : Math.min(count, total - offset);
  }

  /**
   * Opens a file; the caller closes it.
   *
   * @param offset first image
   * @param count at most so many; 0: all
   * @throws CommandFailure when it holds no images, or none from {@code offset} on
   */
  public static IdxImages open(Path file, long offset, long count) throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(file));
    try {
      InputStream unpacked = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
      return new IdxImages(file, new DataInputStream(unpacked), offset, count);
    } catch (EOFException | ZipException e) {
      raw.close();
      throw new CommandFailure(
          ExitCodes.INVALID, file + " is damaged: its header or gzip frame is cut short", e);
    } catch (IOException | CommandFailure e) {
      raw.close();
      throw e;
    }
  }

  private int side(String what) throws IOException {
    int side = in.readInt();
    if (side < 1 || side > LARGEST_SIDE) {
      throw refused(
          String.format(
              "says that its images have %s %s, must be in [1, %d]",
              Integer.toUnsignedString(side), what, LARGEST_SIDE));
    }
    return side;
  }

  private CommandFailure refused(String what) {
    return new CommandFailure(ExitCodes.INVALID, file + " " + what);
  }

  private int valuesPerExample() {
    return ExampleBlock.bytesPerExample(shape) / Float.BYTES;
  }

  @Override
  public boolean hasNext() {
    return left > 0;
  }

  @Override
  public ExampleBlock next() {
    if (left == 0) {
      throw new NoSuchElementException();
    }
    long fit = Math.max(1, BLOCK_BYTES / ExampleBlock.bytesPerExample(shape));
    int count = (int) Math.min(fit, left);
    ByteBuffer inputs =
        ByteBuffer.allocate(count * ExampleBlock.bytesPerExample(shape))
            .order(ByteOrder.LITTLE_ENDIAN);
    try {
      read(inputs.asFloatBuffer(), count * valuesPerExample());
    } catch (EOFException e) {
      throw new CommandFailure(
          ExitCodes.INVALID,
          String.format("%s is cut short: it says that it has %d images", file, total),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    left -= count;
    return new ExampleBlock(shape, ByteString.copyFrom(inputs), List.of());
  }

  private void read(FloatBuffer into, int values) throws IOException {
    byte[] bytes = new byte[type == FLOAT32 ? values * Float.BYTES : values];
    in.readFully(bytes);
    if (type == FLOAT32) {
      into.put(ByteBuffer.wrap(bytes).order(ByteOrder.BIG_ENDIAN).asFloatBuffer());
      return;
    }
    for (byte b : bytes) {
      into.put((b & 0xff) / 255f);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
