package dev.rote.spec;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.Sweep;
import dev.rote.v1.TrialSpec;
import dev.rote.v1.VariantSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Identity is content: an id is the first 128 bits of the SHA-256 of what it names, all defaults
 * filled in, together with the semantic versions behind it. 32 hex digits.
 */
public final class Ids {
  private static final int ID_BYTES = 16;
  private static final int SWEEP_HASH_BYTES = 4;

  private Ids() {}

  /** Id of a variant. */
  public static String variantId(VariantSpec spec) {
    return id("variant", SemanticVersions.CORRUPTION, SweepDefaults.fill(spec));
  }

  /** Id of a trial. */
  public static String trialId(TrialSpec spec) {
    return id(
        "trial",
        SemanticVersions.CORRUPTION + "/" + SemanticVersions.ENGINE,
        SweepDefaults.fill(spec));
  }

  /** Id of a measurement of a trial; its name does not count. */
  public static String measurementId(String trialId, MeasurementSpec spec) {
    return id(
        "measurement",
        SemanticVersions.METRICS + "/" + trialId,
        SweepDefaults.fill(spec).toBuilder().clearName().build());
  }

  /** {@code <name>-<8 hex digits>}; what steers a sweep without changing results is not counted. */
  public static String sweepId(Sweep sweep) {
    Message counted =
        SweepDefaults.fill(sweep.getSpec()).toBuilder()
            .clearParallelism()
            .clearFailureBudget()
            .clearRetention()
            .clearSuspend()
            .clearRetryFailed()
            .clearDeletionPolicy()
            .build();
    String versions =
        SemanticVersions.CORRUPTION
            + "/"
            + SemanticVersions.ENGINE
            + "/"
            + SemanticVersions.METRICS;
    byte[] hash = hash("sweep", versions, counted);
    return sweep.getMetadata().getName()
        + "-"
        + HexFormat.of().formatHex(hash, 0, SWEEP_HASH_BYTES);
  }

  private static String id(String kind, String version, Message message) {
    return HexFormat.of().formatHex(hash(kind, version, message), 0, ID_BYTES);
  }

  private static byte[] hash(String kind, String version, Message message) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((kind + " " + version + "\n").getBytes(StandardCharsets.UTF_8));
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      out.useDeterministicSerialization();
      message.writeTo(out);
      out.flush();
      return digest.digest(bytes.toByteArray());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }
}
