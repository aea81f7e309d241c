package dev.rote.operator.reconcile;

import dev.rote.grpcerrors.ApiErrors;
import dev.rote.grpcerrors.ApiException;
import dev.rote.spec.SpecException;
import dev.rote.v1.SweepStatus;
import io.grpc.StatusRuntimeException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Failures of the door as what a resource says of them. */
final class Refusals {
  /** What a condition may say at most, by the API's convention. */
  private static final int LONGEST_MESSAGE = 32_768;

  private static final Pattern REASON = Pattern.compile("[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?");
  private static final String INVALID = "INVALID_ARGUMENT";

  private Refusals() {}

  static Outcome of(StatusRuntimeException failure, @Nullable SweepStatus running) {
    String message = cut(ApiErrors.describe(failure));
    return switch (failure.getStatus().getCode()) {
      case INVALID_ARGUMENT, OUT_OF_RANGE ->
          new Outcome.Refused(reason(failure), message, true, running);
      case FAILED_PRECONDITION, NOT_FOUND, ALREADY_EXISTS, DATA_LOSS, PERMISSION_DENIED ->
          new Outcome.Refused(reason(failure), message, false, running);
      case RESOURCE_EXHAUSTED ->
          reason(failure).equals(ApiException.QUOTA_SPENT)
              ? new Outcome.Refused(ApiException.QUOTA_SPENT, message, false, running)
              : unreachable(failure, message);
      default -> unreachable(failure, message);
    };
  }

  private static Outcome unreachable(StatusRuntimeException failure, String message) {
    return new Outcome.Unreachable(failure.getStatus().getCode() + ": " + message);
  }

  static Outcome of(SpecException failure, @Nullable SweepStatus running) {
    return new Outcome.Refused(INVALID, cut(String.valueOf(failure.getMessage())), true, running);
  }

  private static String reason(StatusRuntimeException failure) {
    return ApiErrors.reason(failure)
        .filter(reason -> REASON.matcher(reason).matches())
        .orElse(failure.getStatus().getCode().name());
  }

  private static String cut(String message) {
    return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE);
  }
}
