package dev.rote.benchmarks.overhead;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What some processes used while this was open: processor time, and the largest resident memory as
 * seen five times a second.
 */
final class ProcessCosts implements AutoCloseable {
  private static final long PAUSE_MILLIS = 200;

  /**
   * Costs of one process.
   *
   * @param processor time on all processors
   * @param peakBytes largest resident memory
   */
  record Cost(Duration processor, long peakBytes) {}

  private final Map<String, ProcessHandle> processes;
  private final Map<String, Duration> before = new LinkedHashMap<>();
  private final Map<String, Long> peaks = new LinkedHashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread watch = new Thread(this::watch, "process-costs");

  /**
   * @param processes by the names under which they are reported
   */
  ProcessCosts(Map<String, ProcessHandle> processes) {
    this.processes = processes;
    processes.forEach((name, process) -> before.put(name, processor(process)));
    look();
    watch.setDaemon(true);
    watch.start();
  }

  private static Duration processor(ProcessHandle process) {
    return process
        .info()
        .totalCpuDuration()
        .orElseThrow(() -> new IllegalStateException("process " + process.pid() + " has ended"));
  }

  private void watch() {
    try {
      while (!closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void look() {
    processes.forEach((name, process) -> peaks.merge(name, resident(process.pid()), Math::max));
  }

  private static long resident(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException("process " + pid + " has ended", e);
    }
  }

  /** Costs so far, by name. */
  synchronized Map<String, Cost> sofar() {
    look();
    Map<String, Cost> costs = new LinkedHashMap<>();
    processes.forEach(
        (name, process) ->
            costs.put(
                name,
                new Cost(
                    processor(process).minus(before.getOrDefault(name, Duration.ZERO)),
                    peaks.getOrDefault(name, 0L))));
    return costs;
  }

  @Override
  public void close() {
    closing.countDown();
  }
}
