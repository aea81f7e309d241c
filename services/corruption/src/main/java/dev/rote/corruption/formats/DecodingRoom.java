package dev.rote.corruption.formats;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory in which pictures are decoded. All who decode at a time share it: what one may take
 * does not get less with their number, and together they never take more.
 */
final class DecodingRoom {
  private static final int BLOCK = 1 << 10;

  /* A sixth of the room: one fifteenth of a heap. */
  private static final int AHEAD = 6;

  /** Of this process: two fifths of its heap. */
  static final DecodingRoom OF_HEAP = new DecodingRoom(mostBytes(Runtime.getRuntime().maxMemory()));

  private final long mostBytes;
  private final Semaphore blocks;
  private final AtomicLong ahead = new AtomicLong();

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

  /** Bytes that pictures may take beside those, decoded and waiting for their turn. */
  long mostAhead() {
    return mostBytes / AHEAD;
  }

  /** Takes room for a picture that is decoded before its turn; false: there is none now. */
  boolean takeAhead(long bytes) {
    long before = ahead.get();
    while (before + bytes <= mostAhead()) {
      if (ahead.compareAndSet(before, before + bytes)) {
        return true;
      }
      before = ahead.get();
    }
    return false;
  }

  /** Gives back what was taken ahead. */
  void giveBack(long bytes) {
    ahead.addAndGet(-bytes);
  }

  /** Bytes that are taken ahead now. */
  long takenAhead() {
    return ahead.get();
  }

  private static int blocks(long bytes) {
    return (int) Math.min(Integer.MAX_VALUE, (bytes + BLOCK - 1) / BLOCK);
  }

  /** What takes room. */
  interface Decoding {
    Picture decode() throws IOException;
  }
}
