package dev.rote.corruption.datasets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file with random access. */
final class ByteFile implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;

  private ByteFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  static ByteFile open(Path path) {
    try {
      return new ByteFile(path, FileChannel.open(path, StandardOpenOption.READ));
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  long size() {
    try {
      return channel.size();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** Reads {@code length} bytes from {@code position}. */
  void read(long position, byte[] out, int offset, int length) {
    ByteBuffer buffer = ByteBuffer.wrap(out, offset, length);
    try {
      while (buffer.hasRemaining()) {
        int read = channel.read(buffer, position + length - buffer.remaining());
        if (read < 0) {
          throw DatasetException.damaged(
              path.toString(), "size", "at least " + (position + length), "" + channel.size());
        }
      }
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  int unsignedByte(long position) {
    byte[] one = new byte[1];
    read(position, one, 0, 1);
    return one[0] & 0xFF;
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  static DatasetException unreadable(Path path, IOException e) {
    return DatasetException.unreachable(
        path.toString(), "could not read " + path + ": " + e.getMessage(), e);
  }
}
