package dev.rote.trainer.training;

import dev.rote.artifacts.traces.StoredTrace;
import dev.rote.v1.TracePass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What an epoch's steps have said of the training examples so far, in a mapped file: steps take
 * examples in any order, and heap is bounded by a block.
 */
final class PresentedExamples {
  /* Margin, loss and prediction. */
  private static final int ROW = 2 * Float.BYTES + Integer.BYTES;

  private final ByteBuffer[] blocks;

  /**
   * @param scratch directory of the file, which has no name once it is mapped
   */
  PresentedExamples(StoredTrace trace, Path scratch) {
    this.blocks = new ByteBuffer[trace.blocks()];
    try {
      Files.createDirectories(scratch);
      Path file = Files.createTempFile(scratch, "trace-", ".part");
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        long at = 0;
        for (int b = 0; b < blocks.length; b++) {
          long length = (long) trace.size(b) * ROW;
          blocks[b] = channel.map(MapMode.READ_WRITE, at, length);
          at += length;
        }
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not map a file for a trace in " + scratch, e);
    }
    clear();
  }

  /** No example is presented any more. */
  void clear() {
    for (ByteBuffer block : blocks) {
      for (int at = 0; at < block.capacity(); at += ROW) {
        put(block, at, Float.NaN, Float.NaN, 0);
      }
    }
  }

  private static void put(ByteBuffer block, int at, float margin, float loss, int prediction) {
    block.putFloat(at, margin).putFloat(at + Float.BYTES, loss);
    block.putInt(at + 2 * Float.BYTES, prediction);
  }

  void put(int example, float margin, float loss, int prediction) {
    ByteBuffer block = blocks[example / StoredTrace.BLOCK];
    put(block, example % StoredTrace.BLOCK * ROW, margin, loss, prediction);
  }

  /** What the examples of a block are as a message. */
  TracePass pass(int block) {
    TracePass.Builder pass = TracePass.newBuilder();
    ByteBuffer rows = blocks[block];
    for (int at = 0; at < rows.capacity(); at += ROW) {
      pass.addMargins(rows.getFloat(at))
          .addLosses(rows.getFloat(at + Float.BYTES))
          .addPredictions(rows.getInt(at + 2 * Float.BYTES));
    }
    return pass.build();
  }

  /** Overwrites a block. */
  void restore(int block, TracePass pass) {
    for (int i = 0; i < pass.getMarginsCount(); i++) {
      put(blocks[block], i * ROW, pass.getMargins(i), pass.getLosses(i), pass.getPredictions(i));
    }
  }
}
