package dev.rote.sweeps.grpc;

import dev.rote.access.Caller;
import dev.rote.grpcerrors.ApiException;
import dev.rote.runtime.Slots;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Bounds what is sent at a time, each on a thread that waits for its reader: readers who take their
 * time leave threads to all other calls, and one of them leaves downloads to others.
 */
final class Downloads {
  private static final int AT_ONCE = 16;
  private static final int OF_ONE_CALLER = 4;
  private static final Duration RETRY_IN = Duration.ofSeconds(5);

  private final Slots slots = new Slots(AT_ONCE, "downloads at a time", RETRY_IN);
  private final Map<String, Integer> underWay = new HashMap<>();

  /**
   * Sends for a caller; where nobody shows who calls, only all together are bounded.
   *
   * @throws ApiException {@code RESOURCE_EXHAUSTED} when too much is sent already
   */
  void run(String caller, Runnable sending) {
    begin(caller);
    try {
      slots.acquire();
      try {
        sending.run();
      } finally {
        slots.release();
      }
    } finally {
      end(caller);
    }
  }

  private synchronized void begin(String caller) {
    int known = underWay.getOrDefault(caller, 0);
    if (known >= OF_ONE_CALLER && !caller.equals(Caller.NOBODY)) {
      throw ApiException.exhausted(
          caller + " has " + known + " downloads under way, which is all that it may", RETRY_IN);
    }
    underWay.put(caller, known + 1);
  }

  private synchronized void end(String caller) {
    underWay.computeIfPresent(caller, (name, known) -> known == 1 ? null : known - 1);
  }
}
