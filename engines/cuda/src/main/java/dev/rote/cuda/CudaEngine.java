package dev.rote.cuda;

import dev.rote.blueprint.Blueprint;
import dev.rote.networks.Engine;
import dev.rote.networks.Engines;
import dev.rote.networks.Network;

/**
 * Networks on an NVIDIA card of compute capability 7.5 (Turing) or newer, by cuBLAS and kernels of
 * our own. CUDA is loaded when the first network is made or the description is asked for.
 */
public final class CudaEngine implements Engine {
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
   * {@inheritDoc} Threads are the card's own affair.
   *
   * @throws IllegalStateException if there is no card that this engine drives, CUDA is missing, or
   *     the card's memory is full
   */
  @Override
  public Network create(Blueprint blueprint, int threads) {
    Engines.checkedThreads(threads);
    return CudaNetwork.create(blueprint, Part.of(blueprint));
  }

  /** Nothing: networks are closed by who made them. */
  @Override
  public void close() {}
}
