package dev.rote.networks;

import dev.rote.blueprint.Blueprint;
import dev.rote.recipes.Recipe;

/**
 * What computes networks: a library on a device.
 *
 * <p>An engine computes float32 networks, or better. Random draws, initial weights, tensors with
 * their names, order and shapes, and the constants of batch normalisation are the same on every
 * engine, so that a checkpoint of one opens on another; sums may be rounded otherwise.
 *
 * @see Engines how one is chosen
 */
public interface Engine extends AutoCloseable {

  /** Short name by which it is chosen, such as {@code nd4j}; loads nothing. */
  String name();

  /** Name, version and kernels in use, such as {@code nd4j-native 1.0.0-M2.1 avx512 onednn}. */
  String description();

  /**
   * Family of numerics of this engine here, which is what gives equal bits: such as {@code
   * avx512-onednn-openblas-zen}. Derived from what runs; letters, digits, dots and dashes.
   */
  String numerics();

  /**
   * A network with all parameters zero, but batch norm's scales and running variances one, and what
   * its optimiser keeps zero.
   *
   * @param recipe how it is trained, and the loss of its derivatives by parameters
   * @param threads threads that one call on the network may use; part of the results' identity
   * @throws IllegalArgumentException if threads are not in [1, 256], or this engine lacks an op
   */
  Network create(Blueprint blueprint, Recipe recipe, int threads);

  /** A network for plain SGD on cross-entropy. */
  default Network create(Blueprint blueprint, int threads) {
    return create(blueprint, Recipe.SGD, threads);
  }

  @Override
  void close();
}
