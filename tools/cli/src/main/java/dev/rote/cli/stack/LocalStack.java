package dev.rote.cli.stack;

import dev.rote.cli.service.Service;
import java.util.Map;

/** A running stack. */
public interface LocalStack extends AutoCloseable {
  /** {@code HOST:PORT} of each gRPC service. */
  Map<Service, String> addresses();

  /** Environment variables that tell clients where everything is, in the order to show them. */
  Map<String, String> variables();

  /** HTTP address of the sweeps service: health and metrics. */
  String page();

  /** Whether it ran before; then closing leaves it running. */
  boolean attached();

  /** Waits until the stack ends: it was asked to stop, or a part of it is beyond restarting. */
  void awaitEnd() throws InterruptedException;

  /** Stops what this process started, gently: workers hand their work back first. */
  @Override
  void close();
}
