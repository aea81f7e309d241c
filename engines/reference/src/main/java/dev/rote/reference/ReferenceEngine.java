package dev.rote.reference;

import dev.rote.blueprint.Blueprint;
import dev.rote.networks.Engine;
import dev.rote.networks.Engines;
import dev.rote.networks.Network;
import dev.rote.recipes.Recipe;

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

  /** {@inheritDoc} Java's arithmetic is the same everywhere. */
  @Override
  public String numerics() {
    return name();
  }

  /** {@inheritDoc} Whatever the threads, calls use one. */
  @Override
  public Network create(Blueprint blueprint, Recipe recipe, int threads) {
    Engines.checkedThreads(threads);
    return new ReferenceNetwork(blueprint, recipe);
  }

  /** Nothing: all is on the heap. */
  @Override
  public void close() {}
}
