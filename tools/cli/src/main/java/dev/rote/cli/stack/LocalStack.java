package dev.rote.cli.stack;

import dev.rote.cli.service.Service;
import java.util.Map;
import java.util.Optional;

/** A running stack. */
public interface LocalStack extends AutoCloseable {
  /** {@code HOST:PORT} of each gRPC service. */
  Map<Service, String> addresses();

  /** Environment variables that tell clients where everything is, in the order to show them. */
  Map<String, String> variables();

  /** Key that its gRPC asks for; empty where it asks for none. */
  Optional<String> token();

  /** HTTP address of the sweeps service: the live page, health and metrics. */
  String page();

  /** The live page's address with a key that opens it: for its user's browser alone. */
  String door();

  /**
   * The directory of dataset files that it reads, {@code ""} for none; empty where it is not known.
   */
  Optional<String> datasets();

  /** Whether it ran before. */
  boolean attached();

  /** The stack outlives its users: it stays up until it is asked to stop. */
  void keepUp();

  /** Leaves the stack; true if it goes on all the same, for others or because it is kept up. */
  boolean leave();

  /** Waits until the stack ends: it was asked to stop, or a part of it is beyond restarting. */
  void awaitEnd() throws InterruptedException;

  /**
   * Leaves the stack. The last user's leaving ends it, gently: workers hand their work back first;
   * that is then waited for.
   */
  @Override
  void close();
}
