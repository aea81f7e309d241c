package dev.rote.corruption.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rote.grpcerrors.ApiException;
import io.grpc.Context;
import org.junit.jupiter.api.Test;

class CallFetchesTest {
  private final CallFetches fetches = new CallFetches(1);

  @Test
  void within_checksBeyondTheLast_areRefusedAndOtherWorkIsNot() {
    String first = CallFetches.checking(() -> fetches.within(this::whileOneIsFetched));
    assertThat(first).isEqualTo("of the queue");
    assertThat(CallFetches.checking(() -> fetches.within(() -> "afterwards")))
        .isEqualTo("afterwards");
  }

  private String whileOneIsFetched() {
    assertThatThrownBy(() -> fetches.within(() -> "second"))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("(rote.corruption.fetches)");
    Context check = Context.ROOT.attach();
    try {
      return fetches.within(() -> "of the queue");
    } finally {
      Context.ROOT.detach(check);
    }
  }

  @Test
  void stopped_callThatWasCancelled_yes() throws Exception {
    Context.CancellableContext call = Context.current().withCancellation();
    assertThat(call.call(() -> CallFetches.checking(fetches::stopped))).isFalse();
    call.cancel(null);
    assertThat(call.call(() -> CallFetches.checking(fetches::stopped))).isTrue();
    assertThat(fetches.stopped()).isFalse();
  }
}
