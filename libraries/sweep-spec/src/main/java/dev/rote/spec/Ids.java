package dev.rote.spec;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepSpec;
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

  private Ids() {}

  /** Id of a variant. */
  public static VariantId variantId(VariantSpec spec) {
    return variantId(Versions.CURRENT, spec);
  }

  /** Id of a variant that is made under these versions. */
  public static VariantId variantId(Versions versions, VariantSpec spec) {
    VariantSpec.Builder counted = SweepDefaults.fill(spec).toBuilder();
    if (counted.getCorruption().getLabels().hasFile()) {
      counted.getCorruptionBuilder().getLabelsBuilder().getFileBuilder().clearPath();
    }
    return new VariantId(id("variant", versions.corruption(), counted.build()));
  }

  /** Id of a trial. */
  public static TrialId trialId(TrialSpec spec) {
    return trialId(Versions.CURRENT, spec);
  }

  /** Id of a trial that is trained under these versions. */
  public static TrialId trialId(Versions versions, TrialSpec spec) {
    String both = versions.corruption() + "/" + versions.engine();
    return new TrialId(id("trial", both, counted(SweepDefaults.fill(spec))));
  }

  /**
   * The id that a trial has within a family of numerics where its own is that of another family.
   *
   * @param numerics name of the family; empty: of one that is to be settled yet
   */
  public static TrialId trialIdWithin(TrialId trial, String numerics) {
    byte[] hash = hash("trial within", numerics, trial.value().getBytes(StandardCharsets.UTF_8));
    return new TrialId(HexFormat.of().formatHex(hash, 0, ID_BYTES));
  }

  /* Of files that a trial starts from or has labels of it is the content, wherever they lie. */
  private static TrialSpec counted(TrialSpec filled) {
    TrialSpec.Builder counted = filled.toBuilder();
    if (filled.getStart().hasFile()) {
      counted.getStartBuilder().getFileBuilder().clearPath();
    }
    if (filled.getCorruption().getLabels().hasFile()) {
      counted.getCorruptionBuilder().getLabelsBuilder().getFileBuilder().clearPath();
    }
    return counted.build();
  }

  /** Id of a measurement of a trial; its name does not count. */
  public static MeasurementId measurementId(TrialId trial, MeasurementSpec spec) {
    return measurementId(Versions.CURRENT, trial, spec);
  }

  /** Id of a measurement of a trial that is made under these versions. */
  public static MeasurementId measurementId(
      Versions versions, TrialId trial, MeasurementSpec spec) {
    return new MeasurementId(
        id(
            "measurement",
            versions.metrics() + "/" + trial,
            SweepDefaults.fill(spec).toBuilder().clearName().build()));
  }

  /**
   * {@code <name>-<16 hex digits>}; what steers a sweep without changing results is not counted.
   */
  public static SweepId sweepId(Sweep sweep) {
    return sweepId(Versions.CURRENT, sweep);
  }

  /** Id of a sweep whose trials have ids under these versions. */
  public static SweepId sweepId(Versions versions, Sweep sweep) {
    byte[] hash = hash("sweep", versions.toString(), counted(sweep));
    String digits = HexFormat.of().formatHex(hash, 0, SweepId.DIGITS / 2);
    return new SweepId(sweep.getMetadata().getName() + "-" + digits);
  }

  private static SweepSpec counted(Sweep sweep) {
    return SweepDefaults.fill(sweep.getSpec()).toBuilder()
        .clearParallelism()
        .clearFailureBudget()
        .clearRetention()
        .clearSuspend()
        .clearRetryFailed()
        .clearDeletionPolicy()
        .build();
  }

  /** Whether two sweeps are the same but for what steers them: what their id stands for. */
  public static boolean sameSweep(Sweep one, Sweep other) {
    return one.getMetadata().getName().equals(other.getMetadata().getName())
        && counted(one).equals(counted(other));
  }

  /** Whether this is a sweep's id, the long or the short one. */
  public static boolean isIdOf(SweepId id, Sweep sweep) {
    SweepId now = sweepId(sweep);
    return id.equals(now) || now.shortened().filter(id::equals).isPresent();
  }

  private static String id(String kind, String version, Message message) {
    return HexFormat.of().formatHex(hash(kind, version, message), 0, ID_BYTES);
  }

  private static byte[] hash(String kind, String version, Message message) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      out.useDeterministicSerialization();
      message.writeTo(out);
      out.flush();
      return hash(kind, version, bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  private static byte[] hash(String kind, String version, byte[] content) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((kind + " " + version + "\n").getBytes(StandardCharsets.UTF_8));
      return digest.digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
