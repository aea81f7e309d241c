package dev.rote.artifacts.checkpoints;

import dev.rote.v1.Tensor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What writer and reader of checkpoints share. */
final class CheckpointLayout {
  static final int FORMAT_VERSION = 1;
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

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
