package dev.rote.corruption.grpc;

import dev.rote.corruption.config.CorruptionConfig;
import dev.rote.corruption.datasets.Fetches;
import dev.rote.runtime.Slots;
import io.grpc.Context;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Files that are fetched for calls end with the call, and those for checks are few at a time: a
 * host that keeps them waiting leaves the other checks their slots. Work of the queue has slots of
 * its own.
 */
@Singleton
final class CallFetches implements Fetches {
  private static final Context.Key<Boolean> CHECK = Context.key("rote.corruption.check");

  private final Slots slots;

  @Inject
  CallFetches(CorruptionConfig config) {
    this(config.corruption().fetches());
  }

  CallFetches(int fetches) {
    this.slots = new Slots(fetches, "rote.corruption.fetches", Duration.ofSeconds(5));
  }

  /** Does the work of a check. */
  static <T> T checking(Supplier<T> work) {
    Context check = Context.current().withValue(CHECK, true);
    Context before = check.attach();
    try {
      return work.get();
    } finally {
      check.detach(before);
    }
  }

  @Override
  public <T> T within(Supplier<T> work) {
    if (CHECK.get() == null) {
      return work.get();
    }
    slots.acquire();
    try {
      return work.get();
    } finally {
      slots.release();
    }
  }

  @Override
  public boolean stopped() {
    return Context.current().isCancelled();
  }
}
