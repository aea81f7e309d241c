package dev.rote.corruption.datasets;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Work that is done once for all who ask for it at the same time; other work does not wait. */
public final class SingleFlight<T> {
  private final Map<String, CompletableFuture<T>> flights = new ConcurrentHashMap<>();

  /**
   * The outcome of a flight.
   *
   * @param value what the work gave
   * @param mine whether this caller did the work
   */
  public record Landed<T>(T value, boolean mine) {}

  /** Does the work, or waits for the one who does it. What it throws, all who wait throw. */
  public Landed<T> run(String key, Supplier<T> work) {
    CompletableFuture<T> mine = new CompletableFuture<>();
    CompletableFuture<T> other = flights.putIfAbsent(key, mine);
    if (other != null) {
      return new Landed<>(join(other), false);
    }
    try {
      T value = work.get();
      mine.complete(value);
      return new Landed<>(value, true);
    } catch (RuntimeException | Error e) {
      mine.completeExceptionally(e);
      throw e;
    } finally {
      flights.remove(key, mine);
    }
  }

  private static <T> T join(CompletableFuture<T> other) {
    try {
      return other.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
