package dev.rote.cuda;

import dev.rote.blueprint.Blueprint;
import dev.rote.networks.Engine;
import dev.rote.networks.Engines;
import dev.rote.networks.Network;
import dev.rote.networks.NormalizedNetwork;
import dev.rote.recipes.CrossEntropy;
import dev.rote.recipes.Recipe;

/**
 * Networks on an NVIDIA card of compute capability 7.5 (Turing) or newer, by cuBLAS and kernels of
 * our own. CUDA is loaded when the first network is made or the description is asked for.
 */
public final class CudaEngine implements Engine {
  /** System property that allows what no card has run yet; docs/gpu.md lists it. */
  private static final String UNTRIED = "rote.cuda.untried";

  @Override
  public String name() {
    return "cuda";
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if there is no card that this engine drives, or CUDA is missing
   */
  @Override
  public String description() {
    return CudaRuntime.get().description();
  }

  /**
   * {@inheritDoc} It is the version of CUDA's libraries and the card's compute capability.
   *
   * @throws IllegalStateException if there is no card that this engine drives, or CUDA is missing
   */
  @Override
  public String numerics() {
    return CudaRuntime.get().numerics();
  }

  /**
   * {@inheritDoc} Threads are the card's own affair.
   *
   * @throws IllegalStateException if there is no card that this engine drives, CUDA is missing, or
   *     the card's memory is full
   * @throws IllegalArgumentException also if the recipe's kernels have not run on a card yet,
   *     unless {@code rote.cuda.untried} allows it
   */
  @Override
  public Network create(Blueprint blueprint, Recipe recipe, int threads) {
    Engines.checkedThreads(threads);
    requireTried(recipe);
    return NormalizedNetwork.of(
        blueprint, recipe, behind -> CudaNetwork.create(behind, recipe, Part.of(behind)));
  }

  private static void requireTried(Recipe recipe) {
    boolean tried = !GatheredStep.gathers(recipe) && recipe.loss().equals(CrossEntropy.PLAIN);
    if (!tried) {
      requireUntried("kernels for this recipe (" + recipe + ")");
    }
  }

  /** Requires that a setting allows what no card has run yet. */
  static void requireUntried(String what) {
    if (!Boolean.getBoolean(UNTRIED)) {
      throw new IllegalArgumentException(
          "the engine cuda has "
              + what
              + " that have not run on a card yet: choose rote.engine=nd4j, or allow them by -D"
              + UNTRIED
              + "=true");
    }
  }

  /** Nothing: networks are closed by who made them. */
  @Override
  public void close() {}
}
