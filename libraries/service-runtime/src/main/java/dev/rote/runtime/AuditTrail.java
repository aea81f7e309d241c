package dev.rote.runtime;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.rote.access.Caller;
import dev.rote.workqueue.AuditTopic;
import io.grpc.Grpc;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line of the log, and of the topic where there is one, for each call that is not let in, and for
 * each that may change something: who, from where, what, and how it ended. No line has anything of
 * a request or of a key.
 */
public final class AuditTrail {
  private static final Logger log = LoggerFactory.getLogger("rote.audit");
  private static final JsonFormat.Printer JSON =
      JsonFormat.printer().omittingInsignificantWhitespace();

  private final String service;
  private final Optional<AuditTopic> topic;
  private final Clock clock;

  /**
   * @param service whose trail it is
   * @param topic takes the lines, too; empty for the log alone
   */
  AuditTrail(String service, Optional<AuditTopic> topic, Clock clock) {
    this.service = service;
    this.topic = topic;
    this.clock = clock;
  }

  void close() {
    topic.ifPresent(AuditTopic::close);
  }

  /**
   * A call has ended.
   *
   * @param shown whose key it showed
   * @param caller in whose name it was made
   */
  void ended(Caller shown, Caller caller, ServerCall<?, ?> call, Status.Code result) {
    tell(shown.name(), caller.name(), call, result);
  }

  /** A call was not let in. */
  void refused(ServerCall<?, ?> call, Status.Code result) {
    tell("-", "-", call, result);
  }

  private void tell(String shown, String caller, ServerCall<?, ?> call, Status.Code result) {
    String method = call.getMethodDescriptor().getFullMethodName();
    String from = String.valueOf(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
    log.info(
        "caller={} from={} method={} result={}",
        shown.equals(caller) ? shown : shown + " for=" + caller,
        from,
        method,
        result);
    topic.ifPresent(told -> told.tell(shown, json(shown, caller, from, method, result.name())));
  }

  private String json(String shown, String caller, String from, String method, String result) {
    Struct.Builder line =
        Struct.newBuilder()
            .putFields("time", text(clock.instant().toString()))
            .putFields("service", text(service))
            .putFields("caller", text(shown));
    if (!shown.equals(caller)) {
      line.putFields("for", text(caller));
    }
    try {
      return JSON.print(
          line.putFields("from", text(from))
              .putFields("method", text(method))
              .putFields("result", text(result)));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("texts have a form as JSON", e);
    }
  }

  private static Value text(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }
}
