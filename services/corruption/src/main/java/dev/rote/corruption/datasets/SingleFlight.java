package dev.rote.corruption.datasets;

import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Work that is done once for all who ask for it at the same time; other work does not wait. */
public final class SingleFlight<T> {
  private static final long GLANCE_MILLIS = 200;

  private final Map<Object, CompletableFuture<T>> flights = new ConcurrentHashMap<>();

  /**
   * The outcome of a flight.
   *
   * @param value what the work gave
   * @param mine whether this caller did the work
   */
  public record Landed<T>(T value, boolean mine) {}

  /** Does the work, or waits for the one who does it. What it throws, all who wait throw. */
  public Landed<T> run(Object key, Supplier<T> work) {
    return once(key, work, () -> false);
  }

  /**
   * Does the work, or waits for the one who does it, until told to stop. Others who wait for the
   * work of one who was told to stop go on with it.
   *
   * @param work throws {@link CancellationException} when {@code stopped} says so
   * @param stopped asked while waiting for another
   * @throws CancellationException when told to stop
   */
  public Landed<T> run(Object key, Supplier<T> work, BooleanSupplier stopped) {
    while (true) {
      try {
        return once(key, work, stopped);
      } catch (CancellationException e) {
        // It may be the one whose flight this was that was told to stop.
        if (stopped.getAsBoolean() || Thread.currentThread().isInterrupted()) {
          throw e;
        }
      }
    }
  }

  private Landed<T> once(Object key, Supplier<T> work, BooleanSupplier stopped) {
    CompletableFuture<T> mine = new CompletableFuture<>();
    CompletableFuture<T> other = flights.putIfAbsent(key, mine);
    if (other != null) {
      return new Landed<>(awaited(other, stopped), false);
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

  private static <T> T awaited(CompletableFuture<T> other, BooleanSupplier stopped) {
    while (true) {
      try {
        return other.get(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (stopped.getAsBoolean()) {
          throw new CancellationException("stopped while another was waited for");
        }
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted while another was waited for");
      }
    }
  }
}
