package dev.rote.grpcerrors;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.ResourceInfo;
import com.google.rpc.Status;
import dev.rote.artifacts.ArtifactKeys;
import dev.rote.spec.Violation;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Optional;

/** Reads the failures of the gRPC APIs, for clients. */
public final class ApiErrors {
  /** Name of the metadata that has the key of a damaged object. */
  static final String KEY = "key";

  private ApiErrors() {}

  /** The failure in words for a user: the message and, on lines of their own, the wrong fields. */
  public static String describe(StatusRuntimeException failure) {
    List<Violation> violations = violations(failure);
    if (!violations.isEmpty()) {
      StringBuilder text = new StringBuilder("the request was refused:");
      violations.forEach(violation -> text.append("\n  ").append(violation));
      return text.toString();
    }
    String message = failure.getStatus().getDescription();
    return message == null ? failure.getStatus().getCode().name() : message;
  }

  /** The fields that a request was refused for; empty if it failed for something else. */
  public static List<Violation> violations(StatusRuntimeException failure) {
    Status status = StatusProto.fromThrowable(failure);
    return status == null
        ? List.of()
        : detail(status, BadRequest.class, BadRequest.getDefaultInstance())
            .map(BadRequest::getFieldViolationsList)
            .orElse(List.of())
            .stream()
            .map(wrong -> new Violation(wrong.getField(), wrong.getDescription()))
            .toList();
  }

  /** The reason that the failure carries, such as {@code CHECKPOINT_MISSING}. */
  public static Optional<String> reason(StatusRuntimeException failure) {
    Status status = StatusProto.fromThrowable(failure);
    return status == null ? Optional.empty() : reason(status);
  }

  /**
   * Key of the stored object that is gone or damaged, if the failure is about one; of a variant
   * that is not there, that of its manifest.
   */
  public static Optional<String> objectKey(StatusRuntimeException failure) {
    Status status = StatusProto.fromThrowable(failure);
    return status == null ? Optional.empty() : objectKey(status);
  }

  private static Optional<String> objectKey(Status status) {
    return detail(status, ErrorInfo.class, ErrorInfo.getDefaultInstance())
        .map(info -> info.getMetadataOrDefault(KEY, ""))
        .filter(key -> !key.isEmpty())
        .or(
            () ->
                detail(status, ResourceInfo.class, ResourceInfo.getDefaultInstance())
                    .flatMap(ApiErrors::objectKey));
  }

  private static Optional<String> objectKey(ResourceInfo resource) {
    return switch (resource.getResourceType()) {
      case "object" -> Optional.of(resource.getResourceName());
      case "variant" -> Optional.of(ArtifactKeys.variantManifest(resource.getResourceName()));
      default -> Optional.empty();
    };
  }

  static Optional<String> reason(Status status) {
    return detail(status, ErrorInfo.class, ErrorInfo.getDefaultInstance())
        .map(ErrorInfo::getReason);
  }

  private static <T extends Message> Optional<T> detail(Status status, Class<T> type, T prototype) {
    for (Any any : status.getDetailsList()) {
      if (any.is(type)) {
        try {
          return Optional.of(
              type.cast(prototype.newBuilderForType().mergeFrom(any.getValue()).build()));
        } catch (InvalidProtocolBufferException e) {
          throw new IllegalArgumentException("malformed error detail " + any.getTypeUrl(), e);
        }
      }
    }
    return Optional.empty();
  }
}
