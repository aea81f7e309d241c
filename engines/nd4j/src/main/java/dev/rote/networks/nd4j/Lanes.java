package dev.rote.networks.nd4j;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that share the parts of a call on a network. They end when idle for a minute. */
final class Lanes {

  /** A part of the work: number {@code part}, on lane {@code lane}. */
  interface Part {
    void run(int lane, int part);
  }

  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "rote-lane");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Runs all parts, each once, as lanes become free for them, and returns when all have ended.
   *
   * @param start run on each lane before its first part
   */
  void run(int lanes, int parts, Runnable start, Part work) {
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> others = new ArrayList<>();
    for (int lane = 1; lane < Math.min(lanes, parts); lane++) {
      int number = lane;
      others.add(threads.submit(() -> lane(number, parts, next, start, work)));
    }
    try {
      lane(0, parts, next, start, work);
    } finally {
      others.forEach(Lanes::join);
    }
  }

  private static void lane(int lane, int parts, AtomicInteger next, Runnable start, Part work) {
    start.run();
    for (int part = next.getAndIncrement(); part < parts; part = next.getAndIncrement()) {
      work.run(lane, part);
    }
  }

  private static void join(Future<?> lane) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          lane.get();
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw new IllegalStateException("a part of a call on a network failed", e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
