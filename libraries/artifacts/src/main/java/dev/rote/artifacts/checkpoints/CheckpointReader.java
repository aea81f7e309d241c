package dev.rote.artifacts.checkpoints;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.ObjectStoreException.Reason;
import dev.rote.artifacts.OtherVersionException;
import dev.rote.artifacts.Sha256;
import dev.rote.v1.CheckpointHeader;
import dev.rote.v1.Tensor;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Reads a checkpoint: the header at once, then one tensor after another. One from {@link #open} was
 * checked whole before, so that no header makes a network of any size; {@link #verify} checks the
 * SHA-256 of the stream that was read, before which nothing of any other may be trusted.
 *
 * <p>Every method throws {@link ObjectStoreException} with reason {@code DAMAGED} when the bytes
 * are not those of a checkpoint, and {@code UNAVAILABLE} when they stop coming.
 */
public final class CheckpointReader implements AutoCloseable {
  /** Checkpoints up to this size are fetched once, larger ones twice. */
  private static final int HELD_BYTES = 16 << 20;

  private final String name;
  private final long size;

  /** Whether the bytes are known to be those that were written. */
  private final boolean sound;

  private final DigestInputStream digesting;
  private final DataInputStream in;
  private final CheckpointHeader header;
  private int next;

  /**
   * Opens a stored checkpoint after a check of its SHA-256, and of trial and epoch or steps, which
   * must be those of the key.
   *
   * @throws ObjectStoreException also with reason {@code NOT_FOUND}
   * @throws OtherVersionException if it is sound and of a newer layout
   */
  public static CheckpointReader open(ObjectStore store, String key) {
    Checked checked = checked(store, key);
    CheckpointReader reader = new CheckpointReader(key, checked.bytes(), checked.size(), true);
    CheckpointHeader header = reader.header;
    if (!key.equals(ArtifactKeys.checkpoint(header.getTrialId(), header.getEpoch()))
        && !key.equals(ArtifactKeys.resumePoint(header.getTrialId(), header.getSteps()))) {
      reader.close();
      throw reader.damaged(
          "is of trial %s, epoch %d, %d steps"
              .formatted(header.getTrialId(), header.getEpoch(), header.getSteps()));
    }
    return reader;
  }

  /** Bytes whose sum is right, and how many they are. */
  private record Checked(InputStream bytes, long size) {}

  private static Checked checked(ObjectStore store, String key) {
    try (InputStream in = store.open(key, 0)) {
      TrailingSum sum = new TrailingSum(key);
      byte[] held = in.readNBytes(HELD_BYTES);
      sum.update(held, held.length);
      byte[] chunk = new byte[1 << 16];
      long size = held.length;
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        sum.update(chunk, read);
        size += read;
      }
      sum.check();
      boolean all = size == held.length;
      return new Checked(all ? new ByteArrayInputStream(held) : store.open(key, 0), size);
    } catch (IOException e) {
      throw new ObjectStoreException(
          Reason.UNAVAILABLE, "checkpoint " + key + " could not be read to its end", e);
    }
  }

  /**
   * Reads up to the tensors.
   *
   * @param name of the checkpoint, for messages
   * @param source closed by {@link #close}
   */
  public CheckpointReader(String name, InputStream source) {
    this(name, source, Long.MAX_VALUE);
  }

  /**
   * The same of a stream of a known size.
   *
   * @param size bytes of the stream, which no tensor has more of
   */
  CheckpointReader(String name, InputStream source, long size) {
    this(name, source, size, false);
  }

  private CheckpointReader(String name, InputStream source, long size, boolean sound) {
    this.name = name;
    this.size = size;
    this.sound = sound;
    this.digesting =
        new DigestInputStream(new BufferedInputStream(source, 1 << 16), Sha256.digest());
    this.in = new DataInputStream(digesting);
    this.header = reading(this::readHeader);
  }

  private CheckpointHeader readHeader() throws IOException {
    byte[] magic = new byte[CheckpointLayout.magic().length];
    in.readFully(magic);
    if (!Arrays.equals(magic, CheckpointLayout.magic())) {
      throw damaged("begins with %s, not with ROTECKPT".formatted(HexFormat.of().formatHex(magic)));
    }
    int length = Integer.reverseBytes(in.readInt());
    if (length < 0 || length > CheckpointLayout.LARGEST_HEADER) {
      throw damaged(
          "header length must be in [0, %d], was %d"
              .formatted(CheckpointLayout.LARGEST_HEADER, length));
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    CheckpointHeader read = CheckpointHeader.parseFrom(bytes);
    if (sound && read.getFormatVersion() > CheckpointLayout.PARTED) {
      throw new OtherVersionException(
          "checkpoint %s has format_version %d, this worker reads up to %d"
              .formatted(name, read.getFormatVersion(), CheckpointLayout.PARTED));
    }
    if (read.getFormatVersion() < CheckpointLayout.WHOLE
        || read.getFormatVersion() > CheckpointLayout.PARTED) {
      throw damaged("format_version must be 1 or 2, was " + read.getFormatVersion());
    }
    return read;
  }

  /** Its name, for messages. */
  public String name() {
    return name;
  }

  /** What the checkpoint says of itself. */
  public CheckpointHeader header() {
    return header;
  }

  /** Reads the next tensor, row-major. */
  public float[] tensor() {
    float[] values = new float[length(header.getTensors(next++))];
    return reading(
        () -> {
          int chunk = Math.min(values.length, CheckpointLayout.CHUNK_VALUES);
          byte[] bytes = new byte[Float.BYTES * chunk];
          for (int at = 0; at < values.length; at += chunk) {
            int count = Math.min(chunk, values.length - at);
            in.readFully(bytes, 0, count * Float.BYTES);
            ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values, at, count);
          }
          return values;
        });
  }

  private int length(Tensor tensor) {
    long length;
    try {
      length = CheckpointLayout.length(tensor);
    } catch (ArithmeticException e) {
      throw ObjectStoreException.damaged(name, "the checkpoint has a tensor beyond any array", e);
    }
    if (length * Float.BYTES > size) {
      throw damaged("has a tensor of %d values in %d bytes".formatted(length, size));
    }
    return (int) length;
  }

  /** Reads the rest and checks the SHA-256. */
  public void verify() {
    while (next < header.getTensorsCount()) {
      tensor();
    }
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

  /** What to throw when the content is wrong in some way that only the caller can see. */
  public ObjectStoreException damaged(String what) {
    return ObjectStoreException.damaged(name, "the checkpoint " + what);
  }

  private <T> T reading(Read<T> read) {
    try {
      return read.run();
    } catch (EOFException e) {
      throw ObjectStoreException.damaged(name, "the checkpoint is cut short", e);
    } catch (InvalidProtocolBufferException e) {
      throw ObjectStoreException.damaged(name, "the checkpoint has a header that is none", e);
    } catch (IOException e) {
      throw new ObjectStoreException(
          Reason.UNAVAILABLE, "checkpoint " + name + " could not be read to its end", e);
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

  @FunctionalInterface
  private interface Read<T> {
    T run() throws IOException;
  }
}
