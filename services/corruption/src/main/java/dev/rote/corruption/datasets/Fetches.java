package dev.rote.corruption.datasets;

import java.util.function.Supplier;

/** For whom files are fetched: how many may be at a time, and whether anybody still waits. */
public interface Fetches {
  /** Of whoever waits for ever, and as many as there are. */
  Fetches UNBOUNDED =
      new Fetches() {
        @Override
        public <T> T within(Supplier<T> work) {
          return work.get();
        }

        @Override
        public boolean stopped() {
          return false;
        }
      };

  /**
   * Fetches a file, or waits for another who does.
   *
   * @throws RuntimeException when too many are being fetched already
   */
  <T> T within(Supplier<T> work);

  /** Whether the one that this thread works for has gone. */
  boolean stopped();
}
