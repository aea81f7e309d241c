package dev.rote.corruption.formats;

import dev.rote.corruption.datasets.ByteFile;
import dev.rote.corruption.datasets.DatasetException;
import dev.rote.corruption.datasets.ImageShape;
import dev.rote.corruption.datasets.NamedFile;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Examples laid down with random access: a header, the inputs one after the other (uint8 or
 * little-endian float32, [n, channels, rows, columns]), the number of the label of each, and the
 * labels themselves.
 */
public final class Packed implements AutoCloseable {
  /** Version of this layout and of what readers make of files. */
  public static final int VERSION = 1;

  private static final int MAGIC = 0x524F5445;
  private static final int HEADER = 64;
  private static final int BUFFER = 1 << 20;
  private static final long MOST_EXAMPLES = 100_000_000;

  /** Examples whose labels are held, a byte each, where there are few different ones. */
  private static final int MOST_HELD = 1 << 24;

  private static final int FEW = 256;

  private final ByteFile bytes;
  private final ImageShape shape;
  private final boolean levels;
  private final long size;
  private final double least;
  private final double greatest;
  private final LabelCodes labels;
  private final List<String> names;
  private final byte @Nullable [] held;

  private Packed(
      ByteFile bytes, ByteBuffer header, ImageShape shape, LabelCodes labels, List<String> names) {
    this.bytes = bytes;
    this.levels = header.getInt(8) == 1;
    this.shape = shape;
    this.size = header.getLong(24);
    this.least = header.getDouble(32);
    this.greatest = header.getDouble(40);
    this.labels = labels;
    this.names = names;
    this.held = labels.labels().size() <= FEW && size <= MOST_HELD ? held() : null;
  }

  private byte[] held() {
    byte[] codes = new byte[(int) size];
    byte[] block = new byte[BUFFER];
    for (int at = 0; at < codes.length; at += BUFFER / Integer.BYTES) {
      int count = Math.min(BUFFER / Integer.BYTES, codes.length - at);
      bytes.read(codesAt() + (long) at * Integer.BYTES, block, 0, count * Integer.BYTES);
      /* Little-endian: the first byte is the whole of a small number. */
      for (int i = 0; i < count; i++) {
        codes[at + i] = block[i * Integer.BYTES];
      }
    }
    return codes;
  }

  private long codesAt() {
    return HEADER + size * exampleBytes();
  }

  /**
   * Lays down what a reader reads. The labels' numbers wait in a file beside it until all inputs
   * are there.
   *
   * @param files how examples are brought to one shape and type
   * @param name what messages call the files
   * @throws IOException when it cannot be written
   * @throws DatasetException when there is no example, or one that does not fit
   */
  public static void write(ExampleReader reader, dev.rote.v1.OwnFiles files, String name, Path to)
      throws IOException {
    Path codes = to.resolveSibling("labels-" + to.getFileName());
    try (FileChannel channel =
        FileChannel.open(
            to,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      channel.position(HEADER);
      new Writer(reader, new Normalized(files), codes).run(channel, name);
    } finally {
      Files.deleteIfExists(codes);
    }
  }

  /** Opens what was laid down. */
  public static Packed open(NamedFile file) {
    ByteFile bytes = ByteFile.open(file);
    try {
      ByteBuffer header = ByteBuffer.wrap(bytes.start(HEADER)).order(ByteOrder.LITTLE_ENDIAN);
      if (header.remaining() < HEADER || header.getInt(0) != MAGIC || header.getInt(4) != VERSION) {
        throw file.damaged("is no packed dataset", "magic number", "ROTE", "another");
      }
      ImageShape shape = new ImageShape(header.getInt(12), header.getInt(16), header.getInt(20));
      long tail = header.getLong(48);
      byte[] rest = new byte[Math.toIntExact(bytes.size() - tail)];
      bytes.read(tail, rest, 0, rest.length);
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(rest));
      LabelCodes labels = LabelCodes.read(in);
      List<String> names = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        names.add(in.readUTF());
      }
      return new Packed(bytes, header, shape, labels, names);
    } catch (IOException e) {
      bytes.close();
      throw ByteFile.unreadable(file.name(), e);
    } catch (RuntimeException e) {
      bytes.close();
      throw e;
    }
  }

  public long size() {
    return size;
  }

  /** Where it is laid down. */
  public Path path() {
    return bytes.file().path();
  }

  public ImageShape shape() {
    return shape;
  }

  /** Whether inputs are bytes; else they are float32. */
  public boolean isLevels() {
    return levels;
  }

  /** The least of all values. */
  public double least() {
    return least;
  }

  /** The greatest of all values. */
  public double greatest() {
    return greatest;
  }

  LabelCodes labels() {
    return labels;
  }

  /** Names of classes that the file says. */
  List<String> names() {
    return names;
  }

  private int exampleBytes() {
    return shape.values() * (levels ? 1 : Float.BYTES);
  }

  /** Reads the bytes of an example's inputs. */
  public void read(long index, byte[] out) {
    bytes.read(HEADER + index * exampleBytes(), out, 0, exampleBytes());
  }

  /** Reads an example's inputs as they are stored, numbers. */
  public void read(long index, float[] out) {
    byte[] raw = new byte[exampleBytes()];
    read(index, raw);
    ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(out, 0, shape.values());
  }

  /** The number of an example's label among those of the file. */
  int code(long index) {
    byte[] few = held;
    if (few != null) {
      return few[Math.toIntExact(index)] & 0xFF;
    }
    byte[] raw = new byte[Integer.BYTES];
    bytes.read(codesAt() + index * Integer.BYTES, raw, 0, raw.length);
    return ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  @Override
  public void close() {
    bytes.close();
  }

  /** Goes through a reader once. */
  private static final class Writer {
    private final ExampleReader reader;
    private final Normalized normalized;
    private final LabelCodes labels = new LabelCodes();
    private final Path codes;
    private final ValueRange range = new ValueRange();
    private long count;
    private byte[] raw = new byte[0];

    Writer(ExampleReader reader, Normalized normalized, Path codes) {
      this.reader = reader;
      this.normalized = normalized;
      this.codes = codes;
    }

    void run(FileChannel channel, String name) throws IOException {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
      try (DataOutputStream numbers =
          new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(codes), BUFFER))) {
        Example example = new Example();
        while (reader.next(example)) {
          if (count == MOST_EXAMPLES) {
            throw DatasetException.refused(
                "variant.dataset.files",
                name + " has more than " + MOST_EXAMPLES + " examples, the most that there may be");
          }
          out.write(bytes(normalized.of(example)));
          numbers.writeInt(Integer.reverseBytes(labels.of(example)));
          count++;
        }
      }
      if (count == 0) {
        throw DatasetException.refused("variant.dataset.files", name + " has no example");
      }
      finish(channel, out);
    }

    private byte[] bytes(Normalized.Inputs inputs) {
      byte @Nullable [] levels = inputs.levels();
      if (levels != null) {
        range.see(levels);
        return levels;
      }
      float @Nullable [] numbers = inputs.numbers();
      int values = numbers == null ? 0 : numbers.length;
      if (raw.length != values * Float.BYTES) {
        raw = new byte[values * Float.BYTES];
      }
      ByteBuffer to = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
      for (int v = 0; numbers != null && v < values; v++) {
        range.see(numbers[v]);
        to.putFloat(numbers[v]);
      }
      return raw;
    }

    private void finish(FileChannel channel, OutputStream out) throws IOException {
      Files.copy(codes, out);
      out.flush();
      long tail = channel.position();
      DataOutputStream data = new DataOutputStream(out);
      labels.write(data);
      List<String> names = reader.classes();
      data.writeInt(names.size());
      for (String each : names) {
        data.writeUTF(each);
      }
      data.flush();
      channel.position(0);
      write(channel, header(tail));
    }

    private ByteBuffer header(long tail) {
      ImageShape shape = normalized.shape();
      return ByteBuffer.allocate(HEADER)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putInt(MAGIC)
          .putInt(VERSION)
          .putInt(normalized.isLevels() ? 1 : 2)
          .putInt(shape.channels())
          .putInt(shape.height())
          .putInt(shape.width())
          .putLong(count)
          .putDouble(range.least())
          .putDouble(range.greatest())
          .putLong(tail)
          .putLong(0)
          .flip();
    }

    private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }
}
