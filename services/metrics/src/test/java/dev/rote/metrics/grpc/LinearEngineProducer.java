package dev.rote.metrics.grpc;

import dev.rote.metrics.LinearEngine;
import dev.rote.networks.Engine;
import io.quarkus.test.Mock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts the linear engine in place of the real one. */
@ApplicationScoped
class LinearEngineProducer {

  @Mock
  @Produces
  @Singleton
  Engine engine() {
    return new LinearEngine();
  }
}
