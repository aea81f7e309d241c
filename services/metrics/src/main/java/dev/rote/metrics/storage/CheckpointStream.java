package dev.rote.metrics.storage;

import dev.rote.artifacts.ObjectStoreException;
import dev.rote.v1.CheckpointHeader;
import dev.rote.v1.Tensor;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Reads a checkpoint object in the layout of {@code CheckpointHeader}: head, header, tensors in
 * their order, SHA-256.
 */
final class CheckpointStream implements AutoCloseable {
  static final int FORMAT_VERSION = 1;
  private static final byte[] MAGIC = "ROTECKPT".getBytes(StandardCharsets.US_ASCII);
  private static final int LARGEST_HEADER = 256 << 20;
  private static final int CHUNK_VALUES = 1 << 16;

  private final String key;
  private final DigestInputStream digesting;
  private final DataInputStream in;
  private final CheckpointHeader header;
  private int next;

  /**
   * Reads up to the tensors.
   *
   * @param key names the object in messages
   * @param source closed by {@link #close}
   * @throws ObjectStoreException {@code DAMAGED} when the bytes are no checkpoint of this version
   */
  CheckpointStream(String key, InputStream source) {
    this.key = key;
    this.digesting = new DigestInputStream(source, sha256());
    this.in = new DataInputStream(digesting);
    this.header = reading(this::readHeader);
  }

  private CheckpointHeader readHeader() throws IOException {
    byte[] magic = new byte[MAGIC.length];
    in.readFully(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw damaged("begins with %s, not with ROTECKPT".formatted(HexFormat.of().formatHex(magic)));
    }
    int length = Integer.reverseBytes(in.readInt());
    if (length < 0 || length > LARGEST_HEADER) {
      throw damaged("header length must be in [0, %d], was %d".formatted(LARGEST_HEADER, length));
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    CheckpointHeader read = CheckpointHeader.parseFrom(bytes);
    if (read.getFormatVersion() != FORMAT_VERSION) {
      throw damaged(
          "format_version must be %d, was %d".formatted(FORMAT_VERSION, read.getFormatVersion()));
    }
    return read;
  }

  /** What the checkpoint says of itself. */
  CheckpointHeader header() {
    return header;
  }

  /** Reads the next tensor, row-major. */
  float[] tensor() {
    Tensor tensor = header.getTensors(next++);
    long size = 1;
    for (int side : tensor.getShapeList()) {
      size = Math.multiplyExact(size, Integer.toUnsignedLong(side));
    }
    float[] values = new float[Math.toIntExact(size)];
    reading(
        () -> {
          byte[] bytes = new byte[Float.BYTES * Math.min(values.length, CHUNK_VALUES)];
          for (int at = 0; at < values.length; at += CHUNK_VALUES) {
            int count = Math.min(CHUNK_VALUES, values.length - at);
            in.readFully(bytes, 0, count * Float.BYTES);
            ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values, at, count);
          }
          return values;
        });
    return values;
  }

  /** Checks the digest after the last tensor. */
  void verify() {
    byte[] actual = digesting.getMessageDigest().digest();
    digesting.on(false);
    byte[] expected = new byte[actual.length];
    boolean more =
        reading(
            () -> {
              in.readFully(expected);
              return in.read() >= 0;
            });
    if (more) {
      throw damaged("goes on after its SHA-256");
    }
    if (!MessageDigest.isEqual(actual, expected)) {
      throw damaged(
          "has SHA-256 %s, was written with %s"
              .formatted(HexFormat.of().formatHex(actual), HexFormat.of().formatHex(expected)));
    }
  }

  ObjectStoreException damaged(String what) {
    return new ObjectStoreException(ObjectStoreException.Reason.DAMAGED, key + " " + what);
  }

  private <T> T reading(Read<T> read) {
    try {
      return read.run();
    } catch (EOFException e) {
      throw new ObjectStoreException(ObjectStoreException.Reason.DAMAGED, key + " is cut short", e);
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new ObjectStoreException(
          ObjectStoreException.Reason.DAMAGED, key + " has a header that is none", e);
    } catch (IOException e) {
      throw new ObjectStoreException(
          ObjectStoreException.Reason.UNAVAILABLE, key + " could not be read to its end", e);
    }
  }

  @Override
  public void close() {
    reading(
        () -> {
          in.close();
          return true;
        });
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @FunctionalInterface
  private interface Read<T> {
    T run() throws IOException;
  }
}
