package dev.rote.sweeps.grpc;

import io.grpc.Context;
import io.grpc.Status;

/** Whether the client of the present call still waits. */
final class Patience {
  private Patience() {}

  /**
   * Stops work that nobody waits for.
   *
   * @throws io.grpc.StatusRuntimeException CANCELLED when the client has gone or its deadline has
   *     passed
   */
  static void require() {
    if (Context.current().isCancelled()) {
      throw Status.CANCELLED
          .withDescription("the client has gone or its deadline has passed")
          .asRuntimeException();
    }
  }
}
