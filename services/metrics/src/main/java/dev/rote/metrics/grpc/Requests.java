package dev.rote.metrics.grpc;

import com.google.protobuf.ByteString;
import dev.rote.grpcerrors.ApiException;
import dev.rote.spec.SweepDefaults;
import dev.rote.spec.SweepValidator;
import dev.rote.v1.CriticalSamples;
import dev.rote.v1.Examples;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.SearchHeader;
import dev.rote.v1.Shape;
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
   */
  static float[] inputs(Examples examples, Shape expected, long first) {
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
    float[] inputs = new float[bytes.size() / Float.BYTES];
    bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(inputs);
    for (int i = 0; i < inputs.length; i++) {
      if (!Float.isFinite(inputs[i])) {
        throw ApiException.invalid(
            "examples.inputs",
            "must be finite, was %s at value %d of example %d"
                .formatted(inputs[i], i % length, first + i / length));
      }
    }
    return inputs;
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
