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
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Identity is content: an id is the first 128 bits of the SHA-256 of what it names, all defaults
 * filled in, together with the semantic versions behind it. 32 hex digits.
 */
public final class Ids {
  private static final int ID_BYTES = 16;
  private static final int SWEEP_HASH_BYTES = 8;
  private static final int SHORT_HASH_DIGITS = 8;
  private static final int LEFT_OUT = 2 * SWEEP_HASH_BYTES - SHORT_HASH_DIGITS;
  private static final Pattern SHORT = Pattern.compile("-[0-9a-f]{" + SHORT_HASH_DIGITS + "}");
  private static final Pattern LONG = Pattern.compile("-[0-9a-f]{" + 2 * SWEEP_HASH_BYTES + "}");

  private Ids() {}

  /** Id of a variant. */
  public static String variantId(VariantSpec spec) {
    return variantId(Versions.CURRENT, spec);
  }

  /** Id of a variant that is made under these versions. */
  public static String variantId(Versions versions, VariantSpec spec) {
    return id("variant", versions.corruption(), SweepDefaults.fill(spec));
  }

  /** Id of a trial. */
  public static String trialId(TrialSpec spec) {
    return trialId(Versions.CURRENT, spec);
  }

  /** Id of a trial that is trained under these versions. */
  public static String trialId(Versions versions, TrialSpec spec) {
    return id("trial", versions.corruption() + "/" + versions.engine(), SweepDefaults.fill(spec));
  }

  /** Id of a measurement of a trial; its name does not count. */
  public static String measurementId(String trialId, MeasurementSpec spec) {
    return measurementId(Versions.CURRENT, trialId, spec);
  }

  /** Id of a measurement of a trial that is made under these versions. */
  public static String measurementId(Versions versions, String trialId, MeasurementSpec spec) {
    return id(
        "measurement",
        versions.metrics() + "/" + trialId,
        SweepDefaults.fill(spec).toBuilder().clearName().build());
  }

  /**
   * {@code <name>-<16 hex digits>}; what steers a sweep without changing results is not counted.
   */
  public static String sweepId(Sweep sweep) {
    return sweepId(Versions.CURRENT, sweep);
  }

  /** The id that a sweep has under these versions. */
  public static String sweepId(Versions versions, Sweep sweep) {
    byte[] hash = hash("sweep", versions.toString(), counted(sweep));
    return sweep.getMetadata().getName()
        + "-"
        + HexFormat.of().formatHex(hash, 0, SWEEP_HASH_BYTES);
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

  /**
   * The id, of 8 hex digits, that a sweep had before ids had 16: the beginning of the long one.
   *
   * @return empty for what is no long id
   */
  public static Optional<String> shortSweepId(String sweepId) {
    int end = sweepId.length() - LEFT_OUT;
    return ends(sweepId, LONG) ? Optional.of(sweepId.substring(0, end)) : Optional.empty();
  }

  /** Whether this could be a sweep's id of 8 hex digits. */
  public static boolean isShortSweepId(String text) {
    return ends(text, SHORT);
  }

  /** Whether this is a sweep's id, the long or the short one. */
  public static boolean isIdOf(String sweepId, Sweep sweep) {
    String id = sweepId(sweep);
    return sweepId.equals(id) || shortSweepId(id).filter(sweepId::equals).isPresent();
  }

  private static boolean ends(String text, Pattern pattern) {
    int dash = text.lastIndexOf('-');
    return dash > 0 && pattern.matcher(text.substring(dash)).matches();
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
