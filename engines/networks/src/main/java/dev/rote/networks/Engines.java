package dev.rote.networks;

import dev.rote.blueprint.Ability;
import dev.rote.blueprint.Blueprint;
import java.util.List;
import java.util.ServiceLoader;

/** The engines on the class path, as {@code META-INF/services} lists them. */
public final class Engines {
  /** Name of the engine that is used unless another is asked for. */
  public static final String DEFAULT = "nd4j";

  private Engines() {}

  /**
   * The engine of a name.
   *
   * @throws IllegalArgumentException if none, or more than one, on the class path has it
   */
  public static Engine named(String name) {
    List<Engine> present =
        ServiceLoader.load(Engine.class, Engine.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    List<Engine> fitting = present.stream().filter(engine -> engine.name().equals(name)).toList();
    if (fitting.size() != 1) {
      throw new IllegalArgumentException(
          "rote.engine must name one engine of "
              + present.stream().map(Engine::name).sorted().toList()
              + ", was "
              + name);
    }
    return fitting.get(0);
  }

  /**
   * Requires that a network can do something.
   *
   * @throws IllegalArgumentException with the reason if it cannot
   */
  public static void require(Blueprint blueprint, Ability ability) {
    blueprint
        .lacking(ability)
        .ifPresent(
            lacking -> {
              throw new IllegalArgumentException("what was asked of the network " + lacking);
            });
  }

  /** Threads of a network, as they were given. */
  public static int checkedThreads(int threads) {
    if (threads < 1 || threads > 256) {
      throw new IllegalArgumentException("threads must be in [1, 256], was " + threads);
    }
    return threads;
  }
}
