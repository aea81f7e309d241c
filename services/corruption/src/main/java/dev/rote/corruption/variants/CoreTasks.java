package dev.rote.corruption.variants;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** Runs the parts of a large piece of work on a fixed number of threads. */
public final class CoreTasks implements AutoCloseable {
  private final int threads;
  private final ExecutorService executor;

  /**
   * @param threads at least 1
   */
  public CoreTasks(int threads) {
    this.threads = threads;
    AtomicInteger number = new AtomicInteger();
    this.executor =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "corruption-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** What one thread does to the parts that it takes; made anew for each thread. */
  interface Part<T> extends AutoCloseable {
    /** Does part {@code number}. */
    void run(long number);

    /** The sum of the parts that this thread did. */
    T result();

    @Override
    default void close() {}
  }

  /** Makes a {@link Part} on the thread that will use it. */
  interface Parts<T> {
    Part<T> begin();
  }

  /**
   * Does parts {@code 0 … count - 1} until told to stop, and returns the result of each thread. The
   * first failure stops the rest and is thrown.
   *
   * @param stopped asked before each part
   * @throws CancellationException when told to stop, or when the waiting thread is interrupted
   */
  <T> List<T> run(long count, Parts<T> parts, BooleanSupplier stopped) {
    AtomicLong next = new AtomicLong();
    Callable<T> worker =
        () -> {
          try (Part<T> part = parts.begin()) {
            for (long n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
              if (stopped.getAsBoolean()) {
                throw new CancellationException("stopped before part " + n + " of " + count);
              }
              part.run(n);
            }
            return part.result();
          } catch (RuntimeException | Error e) {
            next.set(count);
            throw e;
          }
        };
    List<Future<T>> futures = new ArrayList<>();
    for (int t = 0; t < Math.min(threads, count); t++) {
      futures.add(executor.submit(worker));
    }
    return collect(futures, next, count);
  }

  private static <T> List<T> collect(List<Future<T>> futures, AtomicLong next, long count) {
    List<T> results = new ArrayList<>();
    RuntimeException failure = null;
    for (Future<T> future : futures) {
      try {
        results.add(future.get());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        RuntimeException cause =
            e.getCause() instanceof RuntimeException known
                ? known
                : new IllegalStateException(e.getCause());
        if (failure == null) {
          failure = cause;
        } else if (failure != cause) {
          failure.addSuppressed(cause);
        }
      } catch (InterruptedException e) {
        next.set(count);
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted while waiting for " + futures.size());
      }
    }
    if (failure != null) {
      throw failure;
    }
    return results;
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
