package dev.rote.corruption.datasets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.StandardOpenOption;

/** A file with random access. */
public final class ByteFile implements AutoCloseable {
  /* Bytes come by way of memory outside of the heap: so much that caches hold it. */
  private static final int BLOCK = 1 << 16;

  private final NamedFile file;
  private final FileChannel channel;

  private ByteFile(NamedFile file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  public static ByteFile open(NamedFile file) {
    try {
      return new ByteFile(file, FileChannel.open(file.path(), StandardOpenOption.READ));
    } catch (IOException e) {
      throw unreadable(file.name(), e);
    }
  }

  public long size() {
    try {
      return channel.size();
    } catch (IOException e) {
      throw unreadable(file.name(), e);
    }
  }

  /** Its first bytes: {@code most}, or all when it has no more. */
  public byte[] start(int most) {
    byte[] start = new byte[(int) Math.min(most, size())];
    read(0, start, 0, start.length);
    return start;
  }

  /** Reads {@code length} bytes from {@code position}. */
  public void read(long position, byte[] out, int offset, int length) {
    ByteBuffer buffer = ByteBuffer.wrap(out, offset, length);
    int end = buffer.limit();
    try {
      while (buffer.position() < end) {
        buffer.limit(Math.min(end, buffer.position() + BLOCK));
        int read = channel.read(buffer, position + buffer.position() - offset);
        if (read < 0) {
          throw file.damaged(
              "became shorter while it was read",
              "size",
              "at least " + (position + length),
              "" + channel.size());
        }
      }
    } catch (IOException e) {
      throw unreadable(file.name(), e);
    }
  }

  int unsignedByte(long position) {
    byte[] one = new byte[1];
    read(position, one, 0, 1);
    return one[0] & 0xFF;
  }

  public NamedFile file() {
    return file;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw unreadable(file.name(), e);
    }
  }

  /**
   * The failure of reading.
   *
   * @return with reason {@code MISSING} where the file may not be read, which no second try changes
   */
  public static DatasetException unreadable(String name, IOException e) {
    if (e instanceof AccessDeniedException) {
      return DatasetException.missing(
          "files",
          name
              + " may not be read by this service: let its user read it, and go through the folders"
              + " that it lies in (chmod a+rX)");
    }
    return DatasetException.unreachable(name, "could not read " + name + ": " + e.getMessage(), e);
  }
}
