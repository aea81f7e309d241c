package dev.rote.artifacts.checkpoints;

import dev.rote.v1.Tensor;
import java.nio.charset.StandardCharsets;

/** What writer and reader of checkpoints share. */
final class CheckpointLayout {
  /** The history is whole. */
  static final int WHOLE = 1;

  /** The beginning of the history lies elsewhere. */
  static final int PARTED = 2;

  static final int LARGEST_HEADER = 256 << 20;
  static final int CHUNK_VALUES = 1 << 16;

  private CheckpointLayout() {}

  static byte[] magic() {
    return "ROTECKPT".getBytes(StandardCharsets.US_ASCII);
  }

  /** Values of a tensor. */
  static int length(Tensor tensor) {
    long length = 1;
    for (int size : tensor.getShapeList()) {
      length = Math.multiplyExact(length, Integer.toUnsignedLong(size));
    }
    return Math.toIntExact(length);
  }
}
