package dev.rote.grpcerrors;

import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.rote.artifacts.HostTrouble;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A failure that a gRPC API tells its caller: a status code, a message and typed details. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Domain of every {@link com.google.rpc.ErrorInfo}. */
  public static final String DOMAIN = "rote.dev";

  /** Reason of what a quota refuses. */
  public static final String QUOTA_SPENT = "QUOTA_SPENT";

  /* Characters of the message after which further violations are counted only. */
  private static final int TOLD = 300;

  private final transient Status status;

  private ApiException(
      Code code,
      String reason,
      String message,
      @Nullable Throwable cause,
      Map<String, String> metadata,
      List<Message> details) {
    super(message, cause);
    this.status = FittedStatus.of(code, reason, message, metadata, details);
  }

  /** As a client gets it. */
  public StatusRuntimeException told() {
    return StatusProto.toStatusRuntimeException(status());
  }

  /** The status with its details, small enough to reach the client. */
  public Status status() {
    return status;
  }

  /** A field of the request is wrong: {@code INVALID_ARGUMENT} with one field violation. */
  public static ApiException invalid(String field, String message) {
    return invalid(List.of(Map.entry(field, message)));
  }

  /**
   * Fields of the request are wrong: {@code INVALID_ARGUMENT}.
   *
   * @param violations path of each field and what is wrong with it; at least one
   */
  public static ApiException invalid(List<Map.Entry<String, String>> violations) {
    BadRequest.Builder bad = BadRequest.newBuilder();
    for (Map.Entry<String, String> violation : violations) {
      bad.addFieldViolationsBuilder()
          .setField(violation.getKey())
          .setDescription(violation.getValue());
    }
    return of(Code.INVALID_ARGUMENT, "INVALID_REQUEST", told(violations), bad.build());
  }

  private static String told(List<Map.Entry<String, String>> violations) {
    StringBuilder message = new StringBuilder();
    for (int i = 0; i < violations.size(); i++) {
      Map.Entry<String, String> violation = violations.get(i);
      if (i > 0 && message.length() > TOLD) {
        return message + "; and " + (violations.size() - i) + " more";
      }
      message
          .append(message.isEmpty() ? "" : "; ")
          .append(violation.getKey().isEmpty() ? "" : Shortened.to(TOLD, violation.getKey()) + ": ")
          .append(Shortened.to(TOLD, violation.getValue()));
    }
    return message.toString();
  }

  /** There is no such resource: {@code NOT_FOUND}. */
  public static ApiException notFound(String type, String name, String message) {
    return notFound(type.toUpperCase(Locale.ROOT) + "_NOT_FOUND", type, name, message);
  }

  /** There is no such resource, with a reason that programs react to: {@code NOT_FOUND}. */
  public static ApiException notFound(String reason, String type, String name, String message) {
    return of(Code.NOT_FOUND, reason, message, resource(type, name, message));
  }

  private static ApiException of(Code code, String reason, String message, Message detail) {
    return new ApiException(code, reason, message, null, Map.of(), List.of(detail));
  }

  private static ResourceInfo resource(String type, String name, String message) {
    return ResourceInfo.newBuilder()
        .setResourceType(type)
        .setResourceName(name)
        .setDescription(message)
        .build();
  }

  /** Something else has the name already: {@code ALREADY_EXISTS}. */
  public static ApiException alreadyExists(String type, String name, String message) {
    String reason = type.toUpperCase(Locale.ROOT) + "_EXISTS";
    return of(Code.ALREADY_EXISTS, reason, message, resource(type, name, message));
  }

  /** The state does not allow it: {@code FAILED_PRECONDITION}. */
  public static ApiException precondition(String reason, String subject, String message) {
    return of(
        Code.FAILED_PRECONDITION,
        reason,
        message,
        PreconditionFailure.newBuilder()
            .addViolations(
                PreconditionFailure.Violation.newBuilder()
                    .setType(reason)
                    .setSubject(subject)
                    .setDescription(message))
            .build());
  }

  /** The call does not say who makes it: {@code UNAUTHENTICATED}. */
  public static ApiException unauthenticated(String reason, String message) {
    return new ApiException(Code.UNAUTHENTICATED, reason, message, null, Map.of(), List.of());
  }

  /** The caller is known, and may not: {@code PERMISSION_DENIED}. */
  public static ApiException denied(String reason, String message) {
    return new ApiException(Code.PERMISSION_DENIED, reason, message, null, Map.of(), List.of());
  }

  /** All capacity is taken for now: {@code RESOURCE_EXHAUSTED}. */
  public static ApiException exhausted(String message, Duration retryIn) {
    return new ApiException(
        Code.RESOURCE_EXHAUSTED,
        "CAPACITY_EXHAUSTED",
        message,
        null,
        Map.of(),
        List.of(retry(retryIn)));
  }

  /**
   * What the caller may have is spent: {@code RESOURCE_EXHAUSTED} with the reason {@link
   * #QUOTA_SPENT}.
   *
   * @param retryIn after which there may be room
   */
  public static ApiException quotaSpent(String message, Duration retryIn) {
    return new ApiException(
        Code.RESOURCE_EXHAUSTED, QUOTA_SPENT, message, null, Map.of(), List.of(retry(retryIn)));
  }

  /** Something that this service needs does not answer: {@code UNAVAILABLE}. */
  public static ApiException unavailable(String message, @Nullable Throwable cause) {
    return new ApiException(
        Code.UNAVAILABLE,
        "DEPENDENCY_UNAVAILABLE",
        message,
        cause,
        Map.of(),
        List.of(retry(Duration.ofSeconds(1))));
  }

  /** Reason of a check that waits for too long for something of the user's own. */
  public static final String CHECK_TIMED_OUT = "CHECK_TIMED_OUT";

  /** A check took too long while the service that makes it answers: {@code UNAVAILABLE}. */
  public static ApiException timedOut(String message, @Nullable Throwable cause) {
    return new ApiException(
        Code.UNAVAILABLE,
        CHECK_TIMED_OUT,
        message,
        cause,
        Map.of(),
        List.of(retry(Duration.ofSeconds(30))));
  }

  /** The machine of this service is in trouble, for a while at least: {@code UNAVAILABLE}. */
  static ApiException troubled(HostTrouble trouble, Throwable cause) {
    return new ApiException(
        Code.UNAVAILABLE,
        trouble.kind().name(),
        "this service cannot work now, " + trouble.kind() + ": " + trouble.message(),
        cause,
        Map.of(),
        List.of(retry(Duration.ofSeconds(30))));
  }

  /** Stored bytes are not those that were written: {@code DATA_LOSS}. */
  public static ApiException dataLoss(String reason, String message, Map<String, String> metadata) {
    return new ApiException(Code.DATA_LOSS, reason, message, null, metadata, List.of());
  }

  private static RetryInfo retry(Duration delay) {
    return RetryInfo.newBuilder().setRetryDelay(Durations.fromMillis(delay.toMillis())).build();
  }

  /** The reason of the {@link com.google.rpc.ErrorInfo}, a word in upper case. */
  public String reason() {
    return ApiErrors.reason(status).orElseThrow();
  }
}
