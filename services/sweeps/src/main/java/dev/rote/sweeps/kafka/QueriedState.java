package dev.rote.sweeps.kafka;

import dev.rote.grpcerrors.ApiException;
import dev.rote.sweeps.workflow.StateReader;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The state as calls read it, from outside the thread that writes it: it may move away meanwhile.
 */
record QueriedState(StateReader state, Moments moments) implements StateReader {
  private static final String LOADING = "the workflow's state is being loaded";

  @Override
  public <T> T atOnce(Supplier<T> reading) {
    return moments.read(reading);
  }

  @Override
  public byte @Nullable [] get(String key) {
    try {
      return state.get(key);
    } catch (UnreadableException e) {
      throw loading(e);
    }
  }

  @Override
  public void scan(String from, String to, Visitor visitor) {
    try {
      state.scan(from, to, visitor);
    } catch (UnreadableException e) {
      throw loading(e);
    }
  }

  static ApiException loading(@Nullable Throwable cause) {
    return ApiException.unavailable(LOADING, cause);
  }
}
