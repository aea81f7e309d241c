package dev.rote.runtime;

import dev.rote.access.Caller;
import io.grpc.Grpc;
import io.grpc.ServerCall;
import io.grpc.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line of the log for each call that is not let in, and for each that may change something: who,
 * from where, what, and how it ended. No line has anything of a request or of a key.
 */
final class AuditTrail {
  private static final Logger log = LoggerFactory.getLogger("rote.audit");

  private AuditTrail() {}

  /**
   * A call has ended.
   *
   * @param shown whose key it showed
   * @param caller in whose name it was made
   */
  static void ended(Caller shown, Caller caller, ServerCall<?, ?> call, Status.Code result) {
    boolean own = shown.name().equals(caller.name());
    tell(own ? shown.name() : shown.name() + " for=" + caller.name(), call, result);
  }

  /** A call was not let in. */
  static void refused(ServerCall<?, ?> call, Status.Code result) {
    tell("-", call, result);
  }

  private static void tell(String caller, ServerCall<?, ?> call, Status.Code result) {
    log.info(
        "caller={} from={} method={} result={}",
        caller,
        call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR),
        call.getMethodDescriptor().getFullMethodName(),
        result);
  }
}
