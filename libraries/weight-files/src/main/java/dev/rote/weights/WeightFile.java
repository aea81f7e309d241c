package dev.rote.weights;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Arrays by name in a file from anywhere: npz or safetensors. Opening it looks at all that the file
 * says of itself, sizes, offsets, types and names, and at no value; an array is allocated when it
 * is read.
 *
 * <p>Every method throws {@link WeightFileException} for what is no such file, and {@link
 * UncheckedIOException} when the disk fails.
 */
public abstract sealed class WeightFile implements Closeable permits SafetensorsFile, NpzFile {
  /** Most arrays of a file. */
  static final int MOST_ARRAYS = 65_535;

  private static final int ZIP = 0x04034B50;

  private final String name;
  private final List<WeightArray> arrays;

  WeightFile(String name, List<WeightArray> arrays) {
    this.name = name;
    this.arrays = List.copyOf(arrays);
  }

  /**
   * Opens a file by what it begins with.
   *
   * @param name of the file, for messages
   */
  public static WeightFile open(String name, Path path) {
    if (!Files.isRegularFile(path)) {
      throw WeightFileException.of(name, "is not a file");
    }
    FileBytes bytes = FileBytes.open(name, path);
    boolean opened = false;
    try {
      ByteBuffer first = bytes.read(0, (int) Math.min(Integer.BYTES, bytes.size()));
      boolean zip = first.remaining() == Integer.BYTES && first.getInt() == ZIP;
      WeightFile file = zip ? NpzFile.of(bytes) : SafetensorsFile.of(bytes);
      opened = true;
      return file;
    } finally {
      if (!opened) {
        bytes.close();
      }
    }
  }

  /** Its name, for messages. */
  public String name() {
    return name;
  }

  /** What it holds, in the order of the file. */
  public List<WeightArray> arrays() {
    return arrays;
  }

  /**
   * The values of an array of type {@link ArrayType#F32}, row-major.
   *
   * @param index among {@link #arrays()}
   */
  public float[] floats(int index) {
    WeightArray array = arrays.get(index);
    if (array.type() != ArrayType.F32) {
      throw WeightFileException.of(
          name, "has " + array.name() + " of type " + array.type() + ": weights are F32");
    }
    return values(index);
  }

  /** The values of an array of floats. */
  abstract float[] values(int index);

  @Override
  public abstract void close();

  /** A file that is read in places. */
  static final class FileBytes implements Closeable {
    private final String name;
    private final FileChannel channel;
    private final long size;

    private FileBytes(String name, FileChannel channel, long size) {
      this.name = name;
      this.channel = channel;
      this.size = size;
    }

    static FileBytes open(String name, Path path) {
      try {
        FileChannel channel = FileChannel.open(path);
        return new FileBytes(name, channel, channel.size());
      } catch (IOException e) {
        throw new UncheckedIOException("could not open " + path, e);
      }
    }

    String name() {
      return name;
    }

    long size() {
      return size;
    }

    /**
     * Bytes from a place, little-endian.
     *
     * @throws WeightFileException if the file ends before
     */
    ByteBuffer read(long at, int length) {
      if (at < 0 || at > size - length) {
        throw WeightFileException.of(name, "is cut short");
      }
      ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
      try {
        while (bytes.hasRemaining()) {
          if (channel.read(bytes, at + bytes.position()) < 0) {
            throw WeightFileException.of(name, "became shorter while it was read");
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException("could not read " + name, e);
      }
      return bytes.flip();
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException("could not close " + name, e);
      }
    }
  }
}
