package dev.rote.weights;

import dev.rote.weights.ZipDirectory.Entry;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/** A file of {@code numpy.savez}: a zip of npy files. */
final class NpzFile extends WeightFile {
  private static final String SUFFIX = ".npy";
  private static final int CHUNK_BYTES = 1 << 16;

  private final FileBytes bytes;
  private final List<Entry> entries;

  private NpzFile(FileBytes bytes, List<Entry> entries, List<WeightArray> arrays) {
    super(bytes.name(), arrays);
    this.bytes = bytes;
    this.entries = entries;
  }

  static NpzFile of(FileBytes bytes) {
    List<Entry> entries = new ZipDirectory(bytes).entries();
    List<WeightArray> arrays = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Entry entry : entries) {
      if (!entry.name().endsWith(SUFFIX) || !names.add(entry.name())) {
        throw WeightFileException.of(
            bytes.name(),
            "is a zip with " + entry.name() + ": an npz has .npy files, each name once");
      }
      arrays.add(array(bytes, entry));
    }
    return new NpzFile(bytes, entries, arrays);
  }

  private static WeightArray array(FileBytes bytes, Entry entry) {
    String name = entry.name().substring(0, entry.name().length() - SUFFIX.length());
    WeightArray.checkedName(bytes.name(), name);
    return new Content(bytes, entry)
        .read(
            in -> {
              ByteBuffer fixed =
                  ByteBuffer.wrap(in.readNBytes(NpyHeader.FIXED_BYTES))
                      .order(ByteOrder.LITTLE_ENDIAN);
              if (fixed.remaining() < NpyHeader.FIXED_BYTES) {
                throw new EOFException();
              }
              int length = NpyHeader.textBytes(bytes.name(), name, fixed);
              WeightArray array = NpyHeader.parse(bytes.name(), name, in.readNBytes(length));
              if (entry.size() != NpyHeader.FIXED_BYTES + length + array.bytes()) {
                throw WeightFileException.of(
                    bytes.name(),
                    "has %s of shape %s in %d bytes".formatted(name, array.shape(), entry.size()));
              }
              return array;
            });
  }

  @Override
  float[] values(int index) {
    WeightArray array = arrays().get(index);
    Entry entry = entries.get(index);
    return new Content(bytes, entry)
        .read(
            in -> {
              CRC32 crc = new CRC32();
              byte[] head = in.readNBytes((int) (entry.size() - array.bytes()));
              crc.update(head);
              float[] values = floats(in, array.length(), crc);
              if (crc.getValue() != entry.crc()) {
                throw WeightFileException.of(
                    name(), "has " + array.name() + ", which is damaged: its CRC is another");
              }
              return values;
            });
  }

  private static float[] floats(InputStream in, int length, CRC32 crc) throws IOException {
    float[] values = new float[length];
    int perChunk = CHUNK_BYTES / Float.BYTES;
    byte[] chunk = new byte[CHUNK_BYTES];
    for (int at = 0; at < length; at += perChunk) {
      int count = Math.min(perChunk, length - at);
      if (in.readNBytes(chunk, 0, count * Float.BYTES) < count * Float.BYTES) {
        throw new EOFException();
      }
      crc.update(chunk, 0, count * Float.BYTES);
      ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values, at, count);
    }
    return values;
  }

  @Override
  public void close() {
    bytes.close();
  }

  /** The bytes of an entry, unpacked. */
  private record Content(FileBytes bytes, Entry entry) {
    interface Reading<T> {
      T of(InputStream in) throws IOException;
    }

    <T> T read(Reading<T> reading) {
      Inflater inflater = new Inflater(true);
      try {
        InputStream packed = new Packed(bytes, entry);
        return reading.of(
            entry.deflated() ? new InflaterInputStream(packed, inflater, CHUNK_BYTES) : packed);
      } catch (EOFException | ZipException e) {
        throw WeightFileException.of(
            bytes.name(), "has " + entry.name() + ", which is damaged: it cannot be unpacked");
      } catch (IOException e) {
        throw new UncheckedIOException("could not read " + bytes.name(), e);
      } finally {
        inflater.end();
      }
    }
  }

  /** The bytes of an entry as they lie. */
  private static final class Packed extends InputStream {
    private final FileBytes bytes;
    private final long end;
    private long at;

    Packed(FileBytes bytes, Entry entry) {
      this.bytes = bytes;
      this.at = entry.dataAt();
      this.end = entry.dataAt() + entry.packed();
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] out, int offset, int length) {
      if (at == end) {
        return -1;
      }
      int count = (int) Math.min(length, end - at);
      bytes.read(at, count).get(out, offset, count);
      at += count;
      return count;
    }
  }
}
