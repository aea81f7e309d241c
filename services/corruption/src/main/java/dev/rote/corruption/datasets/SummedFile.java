package dev.rote.corruption.datasets;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that is written from its start to its end and summed on the way, while the processor's
 * caches hold what is written; nothing is read again for it.
 */
public final class SummedFile extends OutputStream {
  private static final int BLOCK = 1 << 16;

  private final FileChannel channel;
  private final FileSum.Summing sum;
  private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
  private final byte[] one = new byte[1];
  private long written;

  private SummedFile(FileChannel channel, FileSum.Summing sum) {
    this.channel = channel;
    this.sum = sum;
  }

  /** An empty file, in place of any that was there. */
  public static SummedFile create(Path path, FileSum kind) throws IOException {
    return new SummedFile(
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING),
        kind.begin());
  }

  /** Bytes up to here. */
  public long position() {
    return written + block.position();
  }

  @Override
  public void write(int b) throws IOException {
    one[0] = (byte) b;
    write(one, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    sum.add(from, offset, length);
    int end = offset + length;
    for (int at = offset; at < end; ) {
      if (!block.hasRemaining()) {
        flush();
      }
      int here = Math.min(end - at, block.remaining());
      block.put(from, at, here);
      at += here;
    }
  }

  @Override
  public void flush() throws IOException {
    written += block.position();
    block.flip();
    while (block.hasRemaining()) {
      channel.write(block);
    }
    block.clear();
  }

  /** The sum of all that was written, in hexadecimal digits; nothing comes after. */
  public String sum() throws IOException {
    flush();
    return sum.hex();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
