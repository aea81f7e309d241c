package dev.rote.metrics.grpc;

import com.google.protobuf.ByteString;
import dev.rote.grpcerrors.ApiException;
import dev.rote.spec.SweepDefaults;
import dev.rote.spec.SweepValidator;
import dev.rote.v1.CriticalSamples;
import dev.rote.v1.Examples;
import dev.rote.v1.InputCorruption;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.SearchHeader;
import dev.rote.v1.Shape;
import dev.rote.v1.TrialSpec;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.regex.Pattern;

/** Checks of what clients send, before any work. */
final class Requests {
  static final int LARGEST_MESSAGE = 1 << 20;
  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
  private static final int LONGEST_SHOWN = 64;

  private Requests() {}

  static void checkTrialId(String field, String trialId) {
    if (!ID.matcher(trialId).matches()) {
      String shown =
          trialId.length() <= LONGEST_SHOWN ? trialId : trialId.substring(0, LONGEST_SHOWN) + "…";
      throw ApiException.invalid(field, "must be 32 hex digits, was \"" + shown + "\"");
    }
  }

  /** The search that a header asks for, all defaults filled in. */
  static CriticalSamples search(SearchHeader header) {
    checkTrialId("header.trial_id", header.getTrialId());
    SweepValidator.checkSearch(header.getSearch());
    int stopBelow = header.getSearch().getLass().getStopBelow();
    if (stopBelow != 0) {
      throw ApiException.invalid(
          "header.search.lass.stop_below",
          "must be 0 on a stream, whose number of examples is not known, was "
              + Integer.toUnsignedString(stopBelow));
    }
    return SweepDefaults.fill(
            MeasurementSpec.newBuilder().setCriticalSamples(header.getSearch()).build())
        .getCriticalSamples();
  }

  /**
   * The inputs of a message, float32[n, D].
   *
   * @param expected shape that the network was trained on
   * @param first position of the first example in the stream
   * @param anyRange whether values outside [0, 1], where real pixels lie, are let in
   */
  static float[] inputs(Examples examples, Shape expected, long first, boolean anyRange) {
    if (!examples.getShape().equals(expected)) {
      throw ApiException.invalid(
          "examples.shape",
          "must be %s, the shape that the network was trained on, was %s"
              .formatted(describe(expected), describe(examples.getShape())));
    }
    ByteString bytes = examples.getInputs();
    if (bytes.size() > LARGEST_MESSAGE) {
      throw ApiException.invalid(
          "examples.inputs",
          "must be at most %d bytes a message, was %d".formatted(LARGEST_MESSAGE, bytes.size()));
    }
    int length = expected.getChannels() * expected.getHeight() * expected.getWidth();
    if (bytes.isEmpty() || bytes.size() % (length * Float.BYTES) != 0) {
      throw ApiException.invalid(
          "examples.inputs",
          "must be a positive multiple of %d bytes (%s float32), was %d"
              .formatted(length * Float.BYTES, describe(expected), bytes.size()));
    }
    int count = bytes.size() / (length * Float.BYTES);
    if (examples.hasCount() && examples.getCount() != count) {
      throw ApiException.invalid(
          "examples.inputs",
          "must be %s examples of %d bytes (%s float32), as count says, were %d bytes"
              .formatted(
                  Integer.toUnsignedString(examples.getCount()),
                  length * Float.BYTES,
                  describe(expected),
                  bytes.size()));
    }
    float[] inputs = new float[bytes.size() / Float.BYTES];
    bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(inputs);
    for (int i = 0; i < inputs.length; i++) {
      String flaw = flaw(inputs[i], anyRange);
      if (!flaw.isEmpty()) {
        throw ApiException.invalid(
            "examples.inputs",
            "%s, was %s at value %d of example %d"
                .formatted(flaw, inputs[i], i % length, first + i / length));
      }
    }
    return inputs;
  }

  /* A value of another type, read as a float32, is mostly out of range or too small for a normal number. */
  private static String flaw(float value, boolean anyRange) {
    if (!Float.isFinite(value)) {
      return "must be finite";
    }
    boolean subnormal = value != 0 && Math.abs(value) < Float.MIN_NORMAL;
    if (anyRange || !(value < 0 || value > 1 || subnormal)) {
      return "";
    }
    return "must be in [0, 1], float32 little-endian, as the network was trained"
        + (value > 1 ? " (are these grey levels? divide by 255)" : "")
        + "; header.any_range takes other values as well";
  }

  /** Whether a network has seen inputs outside [0, 1]. */
  static boolean trainedOnNoise(TrialSpec trial) {
    return trial.getCorruption().getInputs().getRule() == InputCorruption.Rule.GAUSSIAN;
  }

  private static String describe(Shape shape) {
    return String.format(
        Locale.ROOT,
        "%sx%sx%s",
        Integer.toUnsignedString(shape.getChannels()),
        Integer.toUnsignedString(shape.getHeight()),
        Integer.toUnsignedString(shape.getWidth()));
  }
}
