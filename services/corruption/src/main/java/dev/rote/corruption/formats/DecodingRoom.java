package dev.rote.corruption.formats;

import java.io.IOException;
import java.util.concurrent.Semaphore;

/**
 * The memory in which pictures are decoded. All who decode at a time share it: what one may take
 * does not get less with their number, and together they never take more.
 */
final class DecodingRoom {
  private static final int BLOCK = 1 << 10;

  /** Of this process: two fifths of its heap. */
  static final DecodingRoom OF_HEAP = new DecodingRoom(mostBytes(Runtime.getRuntime().maxMemory()));

  private final long mostBytes;
  private final Semaphore blocks;

  /**
   * @param mostBytes that pictures may take in all while they are decoded
   */
  DecodingRoom(long mostBytes) {
    this.mostBytes = mostBytes;
    /* Who wants much waits for its turn, and is not passed by those who want little. */
    this.blocks = new Semaphore(blocks(mostBytes), true);
  }

  /** Bytes that a heap has room for while pictures are decoded. */
  static long mostBytes(long heapBytes) {
    return heapBytes / 5 * 2;
  }

  long mostBytes() {
    return mostBytes;
  }

  /**
   * Decodes a picture as soon as there is room.
   *
   * @param bytes that it takes, at most {@link #mostBytes()}
   */
  Picture within(long bytes, Decoding decoding) throws IOException {
    int taken = blocks(bytes);
    blocks.acquireUninterruptibly(taken);
    try {
      return decoding.decode();
    } finally {
      blocks.release(taken);
    }
  }

  private static int blocks(long bytes) {
    return (int) Math.min(Integer.MAX_VALUE, (bytes + BLOCK - 1) / BLOCK);
  }

  /** What takes room. */
  interface Decoding {
    Picture decode() throws IOException;
  }
}
