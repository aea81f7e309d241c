package dev.rote.weights;

import dev.rote.weights.WeightFile.FileBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The directory of a zip (APPNOTE.TXT 6.3.10, 4.3), as npz files have it: entries that are stored
 * or deflated, do not lie on each other and claim no more than deflate can hold. The JDK's own
 * reader trusts sizes that it reads, and keeps a directory of any size.
 */
final class ZipDirectory {
  private static final int END = 0x06054B50;
  private static final int END_BYTES = 22;
  private static final int LONGEST_COMMENT = 0xFFFF;
  private static final int CENTRAL = 0x02014B50;
  private static final int CENTRAL_BYTES = 46;
  private static final int LOCAL = 0x04034B50;
  private static final int LOCAL_BYTES = 30;
  private static final int LARGEST = 16 << 20;
  private static final long NOT_HERE = 0xFFFFFFFFL;
  private static final int ENCRYPTED = 1;
  private static final int STORED = 0;
  private static final int DEFLATED = 8;

  /** The most that a byte of deflate stands for. */
  private static final long RATIO = 1032;

  private final FileBytes bytes;

  ZipDirectory(FileBytes bytes) {
    this.bytes = bytes;
  }

  /**
   * An entry.
   *
   * @param dataAt its first byte in the file
   * @param packed bytes in the file
   * @param size bytes unpacked
   */
  record Entry(
      String name, boolean deflated, long crc, long localAt, long dataAt, long packed, long size) {}

  /** All entries, in the directory's order. */
  List<Entry> entries() {
    long endAt = endAt();
    ByteBuffer end = bytes.read(endAt, END_BYTES);
    int count = Short.toUnsignedInt(end.getShort(10));
    long length = Integer.toUnsignedLong(end.getInt(12));
    long at = Integer.toUnsignedLong(end.getInt(16));
    if (count == 0xFFFF || length == NOT_HERE || at == NOT_HERE) {
      throw refused("is a zip of more than 4 GB (ZIP64): write it as safetensors");
    }
    if (end.getInt(4) != 0 || end.getShort(8) != end.getShort(10)) {
      throw refused("is a part of a zip in several files");
    }
    if (length > LARGEST || at + length != endAt) {
      throw refused("is a zip whose directory is not where its end says");
    }
    ByteBuffer directory = bytes.read(at, (int) length);
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(entry(directory, at));
    }
    if (directory.hasRemaining()) {
      throw refused("is a zip whose directory is longer than its entries");
    }
    requireApart(entries);
    return entries;
  }

  private long endAt() {
    int tail = (int) Math.min(bytes.size(), END_BYTES + LONGEST_COMMENT);
    if (tail < END_BYTES) {
      throw refused("is a zip that is cut short");
    }
    ByteBuffer last = bytes.read(bytes.size() - tail, tail);
    for (int i = tail - END_BYTES; i >= 0; i--) {
      int comment = Short.toUnsignedInt(last.getShort(i + END_BYTES - 2));
      if (last.getInt(i) == END && i + END_BYTES + comment == tail) {
        return bytes.size() - tail + i;
      }
    }
    throw refused("is a zip without an end: it is cut short");
  }

  private Entry entry(ByteBuffer directory, long directoryAt) {
    int at = directory.position();
    if (directory.remaining() < CENTRAL_BYTES || directory.getInt(at) != CENTRAL) {
      throw refused("is a zip with a damaged directory");
    }
    int flags = directory.getShort(at + 8);
    int method = Short.toUnsignedInt(directory.getShort(at + 10));
    long crc = Integer.toUnsignedLong(directory.getInt(at + 16));
    long packed = Integer.toUnsignedLong(directory.getInt(at + 20));
    long size = Integer.toUnsignedLong(directory.getInt(at + 24));
    int nameBytes = Short.toUnsignedInt(directory.getShort(at + 28));
    int others =
        Short.toUnsignedInt(directory.getShort(at + 30))
            + Short.toUnsignedInt(directory.getShort(at + 32));
    long localAt = Integer.toUnsignedLong(directory.getInt(at + 42));
    if (directory.remaining() < CENTRAL_BYTES + nameBytes + others) {
      throw refused("is a zip with a damaged directory");
    }
    byte[] name = new byte[nameBytes];
    directory.position(at + CENTRAL_BYTES);
    directory.get(name);
    directory.position(directory.position() + others);
    String shown =
        WeightArray.checkedName(bytes.name(), new String(name, StandardCharsets.ISO_8859_1));
    if ((flags & ENCRYPTED) != 0 || (method != STORED && method != DEFLATED)) {
      throw refused("has " + shown + ", which is neither stored nor deflated");
    }
    if (packed == NOT_HERE || size == NOT_HERE || localAt == NOT_HERE) {
      throw refused("has " + shown + " of more than 4 GB (ZIP64): write it as safetensors");
    }
    boolean possible = method == STORED ? packed == size : size <= packed * RATIO;
    if (!possible) {
      throw refused("has %s of %d bytes in %d, which cannot be".formatted(shown, size, packed));
    }
    long dataAt = dataAt(shown, localAt, nameBytes);
    if (dataAt + packed > directoryAt) {
      throw refused("has " + shown + ", which goes on into the zip's directory");
    }
    return new Entry(shown, method == DEFLATED, crc, localAt, dataAt, packed, size);
  }

  private long dataAt(String name, long localAt, int nameBytes) {
    ByteBuffer local = bytes.read(localAt, LOCAL_BYTES);
    if (local.getInt(0) != LOCAL || Short.toUnsignedInt(local.getShort(26)) != nameBytes) {
      throw refused("has " + name + ", which does not begin where the zip's directory says");
    }
    return localAt + LOCAL_BYTES + nameBytes + Short.toUnsignedInt(local.getShort(28));
  }

  private void requireApart(List<Entry> entries) {
    List<Entry> ordered = new ArrayList<>(entries);
    ordered.sort(Comparator.comparingLong(Entry::localAt));
    long free = 0;
    for (Entry entry : ordered) {
      if (entry.localAt() < free) {
        throw refused("has " + entry.name() + ", which lies on another entry");
      }
      free = entry.dataAt() + entry.packed();
    }
  }

  private WeightFileException refused(String what) {
    return WeightFileException.of(bytes.name(), what);
  }
}
