package dev.rote.networks;

/** What computes networks: a library on a device. */
public interface Engine extends AutoCloseable {

  /** Name, version and kernels in use, such as {@code nd4j-native 1.0.0-M2.1 avx512 onednn}. */
  String description();

  /**
   * A network with all parameters zero.
   *
   * @param threads threads that one call on the network may use; part of the results' identity
   */
  Network create(Architecture architecture, int threads);

  @Override
  void close();
}
