package dev.rote.grpcerrors;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.ResourceInfo;
import com.google.rpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Statuses that reach the client whatever is said in them.
 *
 * <p>A status travels in headers, of which clients take 8 KiB in all: its message, percent-encoded,
 * and the whole of it again in base64. What is larger arrives as {@code RESOURCE_EXHAUSTED} or as a
 * stream that was reset.
 */
final class FittedStatus {
  /** Bytes of the message as a header. */
  static final int MESSAGE = 1_200;

  /** Bytes of the status before base64, which makes four of three. */
  static final int STATUS = 4_300;

  /** Metadata of the {@link ErrorInfo}: how many violations there were, where not all are told. */
  static final String VIOLATIONS = "violations";

  private static final int NAME = 200;
  private static final int TEXT = 400;
  private static final int MOST_METADATA = 6;

  /* For the sentence that says how many are left out, and for the envelope of the details. */
  private static final int RESERVE = 200;

  private FittedStatus() {}

  static Status of(
      Code code,
      String reason,
      String message,
      Map<String, String> metadata,
      List<Message> details) {
    Status.Builder status =
        Status.newBuilder().setCode(code.getNumber()).setMessage(Shortened.to(MESSAGE, message));
    ErrorInfo.Builder info =
        ErrorInfo.newBuilder().setReason(reason).setDomain(ApiException.DOMAIN);
    metadata.entrySet().stream()
        .limit(MOST_METADATA)
        .forEach(
            entry ->
                info.putMetadata(
                    Shortened.to(NAME, entry.getKey()), Shortened.to(NAME, entry.getValue())));
    List<Message> fitted = new ArrayList<>();
    int room =
        STATUS - RESERVE - status.build().getSerializedSize() - info.build().getSerializedSize();
    for (Message detail : details) {
      Message small = fitted(detail, room, info);
      room -= small.getSerializedSize() + RESERVE;
      fitted.add(small);
    }
    status.addDetails(Any.pack(info.build()));
    fitted.forEach(detail -> status.addDetails(Any.pack(detail)));
    return status.build();
  }

  private static Message fitted(Message detail, int room, ErrorInfo.Builder info) {
    if (detail instanceof BadRequest bad) {
      return fitted(bad, room, info);
    }
    if (detail instanceof ResourceInfo resource) {
      return resource.toBuilder()
          .setResourceName(Shortened.to(NAME, resource.getResourceName()))
          .setDescription(Shortened.to(TEXT, resource.getDescription()))
          .build();
    }
    if (detail instanceof PreconditionFailure failure) {
      PreconditionFailure.Builder small = failure.toBuilder();
      small
          .getViolationsBuilderList()
          .forEach(
              violation ->
                  violation
                      .setSubject(Shortened.to(NAME, violation.getSubject()))
                      .setDescription(Shortened.to(TEXT, violation.getDescription())));
      return small.build();
    }
    return detail;
  }

  private static BadRequest fitted(BadRequest bad, int room, ErrorInfo.Builder info) {
    BadRequest.Builder small = BadRequest.newBuilder();
    int left = room;
    for (BadRequest.FieldViolation violation : bad.getFieldViolationsList()) {
      BadRequest.FieldViolation shorter =
          BadRequest.FieldViolation.newBuilder()
              .setField(Shortened.to(NAME, violation.getField()))
              .setDescription(Shortened.to(TEXT, violation.getDescription()))
              .build();
      left -= shorter.getSerializedSize() + 3;
      if (left < 0) {
        break;
      }
      small.addFieldViolations(shorter);
    }
    int more = bad.getFieldViolationsCount() - small.getFieldViolationsCount();
    if (more > 0) {
      info.putMetadata(VIOLATIONS, Integer.toString(bad.getFieldViolationsCount()));
      small.addFieldViolationsBuilder().setDescription("and " + more + " more, not shown here");
    }
    return small.build();
  }
}
