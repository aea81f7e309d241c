package dev.rote.artifacts.checkpoints;

import dev.rote.artifacts.Sha256;
import dev.rote.v1.CheckpointHeader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

/** Writes checkpoints. */
public final class CheckpointWriter {
  private CheckpointWriter() {}

  /** Where the tensors come from. */
  @FunctionalInterface
  public interface TensorSource {
    /** Copies tensor {@code index} of the header to {@code out}, row-major. */
    void read(int index, float[] out);
  }

  /**
   * Writes a checkpoint; equal state gives equal bytes.
   *
   * @param header its format version is set here
   * @param tensors the values, in the order of the header
   * @param out not closed
   */
  public static void write(CheckpointHeader header, TensorSource tensors, OutputStream out)
      throws IOException {
    MessageDigest digest = Sha256.digest();
    DigestOutputStream digesting = new DigestOutputStream(out, digest);
    byte[] head =
        header.toBuilder()
            .setFormatVersion(
                header.getHistoryFrom() == 0 ? CheckpointLayout.WHOLE : CheckpointLayout.PARTED)
            .build()
            .toByteArray();
    digesting.write(CheckpointLayout.magic());
    digesting.write(
        ByteBuffer.allocate(Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(head.length)
            .array());
    digesting.write(head);
    for (int t = 0; t < header.getTensorsCount(); t++) {
      float[] values = new float[CheckpointLayout.length(header.getTensors(t))];
      tensors.read(t, values);
      writeValues(values, digesting);
    }
    digesting.flush();
    out.write(digest.digest());
    out.flush();
  }

  private static void writeValues(float[] values, OutputStream out) throws IOException {
    int chunk = Math.min(values.length, CheckpointLayout.CHUNK_VALUES);
    ByteBuffer bytes = ByteBuffer.allocate(chunk * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < values.length; at += chunk) {
      int count = Math.min(chunk, values.length - at);
      bytes.asFloatBuffer().put(values, at, count);
      out.write(bytes.array(), 0, count * Float.BYTES);
    }
  }
}
