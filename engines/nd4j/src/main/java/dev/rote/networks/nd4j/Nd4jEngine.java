package dev.rote.networks.nd4j;

import dev.rote.blueprint.Blueprint;
import dev.rote.networks.Engine;
import dev.rote.networks.Engines;
import dev.rote.networks.Network;
import dev.rote.networks.NormalizedNetwork;
import dev.rote.recipes.Recipe;

/**
 * ND4J on the backend that is on the class path. The library is loaded when the first network is
 * made or the description is asked for, not before.
 */
public final class Nd4jEngine implements Engine {
  /** Version of ND4J that this code is written for. */
  static final String VERSION = "1.0.0-M2.1";

  @Override
  public String name() {
    return Engines.DEFAULT;
  }

  @Override
  public String description() {
    return Nd4jRuntime.get().description();
  }

  /**
   * {@inheritDoc} On the CPU it is the build of the native library that the processor runs, and the
   * kernel that OpenBLAS chose; on cards their compute capability.
   */
  @Override
  public String numerics() {
    return Nd4jRuntime.get().numerics();
  }

  @Override
  public Network create(Blueprint blueprint, Recipe recipe, int threads) {
    Engines.checkedThreads(threads);
    return NormalizedNetwork.of(
        blueprint,
        recipe,
        behind -> Nd4jNetwork.create(behind, recipe, threads, Nd4jRuntime.get().gate()));
  }

  /** Nothing: networks are closed by who made them. */
  @Override
  public void close() {}
}
