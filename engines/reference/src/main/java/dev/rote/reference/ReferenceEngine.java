package dev.rote.reference;

import dev.rote.blueprint.Blueprint;
import dev.rote.networks.Engine;
import dev.rote.networks.Engines;
import dev.rote.networks.Network;

/** Networks in plain loops. */
public final class ReferenceEngine implements Engine {
  @Override
  public String name() {
    return "reference";
  }

  @Override
  public String description() {
    return "reference float64 loops";
  }

  /** {@inheritDoc} Whatever the threads, calls use one. */
  @Override
  public Network create(Blueprint blueprint, int threads) {
    Engines.checkedThreads(threads);
    return new ReferenceNetwork(blueprint);
  }

  /** Nothing: all is on the heap. */
  @Override
  public void close() {}
}
