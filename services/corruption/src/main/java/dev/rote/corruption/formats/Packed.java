package dev.rote.corruption.formats;

import dev.rote.corruption.datasets.ByteFile;
import dev.rote.corruption.datasets.DatasetException;
import dev.rote.corruption.datasets.FileSum;
import dev.rote.corruption.datasets.ImageShape;
import dev.rote.corruption.datasets.NamedFile;
import dev.rote.corruption.datasets.SummedFile;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Examples laid down with random access: the inputs one after the other (uint8 or little-endian
 * float32, [n, channels, rows, columns]), the number of the label of each, the labels themselves,
 * and a footer that says how many there are of what. What is known last stands last, so that the
 * file is summed while it is written.
 */
public final class Packed implements AutoCloseable {
  /** Version of this layout and of what readers make of files. */
  public static final int VERSION = 2;

  private static final int MAGIC = 0x524F5445;
  private static final int FOOTER = 64;
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
      ByteFile bytes, ByteBuffer footer, ImageShape shape, LabelCodes labels, List<String> names) {
    this.bytes = bytes;
    this.levels = footer.getInt(8) == 1;
    this.shape = shape;
    this.size = footer.getLong(24);
    this.least = footer.getDouble(32);
    this.greatest = footer.getDouble(40);
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
    return size * exampleBytes();
  }

  /**
   * Lays down what a reader reads. The labels' numbers wait in a file beside it until all inputs
   * are there.
   *
   * @param files how examples are brought to one shape and type
   * @param name what messages call the files
   * @return the sum of what was written, in hexadecimal digits
   * @throws IOException when it cannot be written
   * @throws DatasetException when there is no example, or one that does not fit
   */
  public static String write(
      ExampleReader reader, dev.rote.v1.OwnFiles files, String name, Path to, FileSum sum)
      throws IOException {
    Path codes = to.resolveSibling("labels-" + to.getFileName());
    try (SummedFile out = SummedFile.create(to, sum)) {
      new Writer(reader, new Normalized(files), codes).run(out, name);
      return out.sum();
    } finally {
      Files.deleteIfExists(codes);
    }
  }

  /** Opens what was laid down. */
  public static Packed open(NamedFile file) {
    ByteFile bytes = ByteFile.open(file);
    try {
      byte[] end = new byte[(int) Math.min(FOOTER, bytes.size())];
      bytes.read(bytes.size() - end.length, end, 0, end.length);
      ByteBuffer footer = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN);
      if (end.length < FOOTER || footer.getInt(0) != MAGIC || footer.getInt(4) != VERSION) {
        throw file.damaged("is no packed dataset", "magic number", "ROTE", "another");
      }
      ImageShape shape = new ImageShape(footer.getInt(12), footer.getInt(16), footer.getInt(20));
      long tail = footer.getLong(48);
      byte[] rest = new byte[Math.toIntExact(bytes.size() - tail)];
      bytes.read(tail, rest, 0, rest.length);
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(rest));
      LabelCodes labels = LabelCodes.read(in);
      List<String> names = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        names.add(in.readUTF());
      }
      return new Packed(bytes, footer, shape, labels, names);
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
    bytes.read(index * exampleBytes(), out, 0, exampleBytes());
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

    void run(SummedFile out, String name) throws IOException {
      try (DecodedExamples examples = DecodedExamples.of(reader);
          DataOutputStream numbers =
              new DataOutputStream(
                  new BufferedOutputStream(Files.newOutputStream(codes), BUFFER))) {
        for (Example example = examples.next(); example != null; example = examples.next()) {
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
      finish(out);
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

    private void finish(SummedFile out) throws IOException {
      Files.copy(codes, out);
      long tail = out.position();
      DataOutputStream data = new DataOutputStream(out);
      labels.write(data);
      List<String> names = reader.classes();
      data.writeInt(names.size());
      for (String each : names) {
        data.writeUTF(each);
      }
      data.flush();
      out.write(footer(tail));
    }

    private byte[] footer(long tail) {
      ImageShape shape = normalized.shape();
      return ByteBuffer.allocate(FOOTER)
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
          .array();
    }
  }
}
