package dev.rote.runtime.worker;

import dev.rote.workqueue.KafkaCluster;
import dev.rote.workqueue.WorkHandler;
import dev.rote.workqueue.WorkKind;
import dev.rote.workqueue.WorkerSettings;
import java.util.function.Supplier;

/**
 * What a service does with the work of the queue.
 *
 * @param kind the work to take
 * @param service that the worker belongs to; part of its name
 * @param slots pieces of work done at once, at least 1
 * @param config whether work is taken at all, and how it ends
 * @param handler does one piece of work
 * @param numerics gives the family of numerics of what computes networks here; empty where nothing
 *     does
 */
public record QueuedWork(
    WorkKind kind,
    String service,
    int slots,
    WorkerConfig config,
    WorkHandler handler,
    Supplier<String> numerics) {

  /** Of a service that computes no networks. */
  public QueuedWork(
      WorkKind kind, String service, int slots, WorkerConfig config, WorkHandler handler) {
    this(kind, service, slots, config, handler, () -> "");
  }

  /**
   * What a loop needs to know.
   *
   * @param kafka where offers are
   * @param sweeps gRPC target of the service that grants work
   */
  public WorkerSettings settings(KafkaCluster kafka, String sweeps) {
    return new WorkerSettings(kafka, sweeps, kind, service, slots, config.grace(), numerics);
  }
}
