package dev.rote.operator.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;

/** An API server that knows sweeps. */
interface ApiServer extends AutoCloseable {

  /** A client of its own, for the caller to close. */
  KubernetesClient client();

  @Override
  void close();
}
