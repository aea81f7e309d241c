package dev.rote.metrics.config;

import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.variants.StoredVariants;
import dev.rote.artifacts.variants.VariantCache;
import dev.rote.metrics.measuring.TrialMeasurer;
import dev.rote.metrics.storage.StoredNetworks;
import dev.rote.metrics.storage.StoredTrials;
import dev.rote.networks.Engine;
import dev.rote.networks.Engines;
import dev.rote.runtime.ServiceConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The objects of this service and how they are wired. */
@ApplicationScoped
class MetricsBeans {

  @Produces
  @Singleton
  Engine engine(MetricsConfig config) {
    return Engines.named(config.engine());
  }

  @Produces
  @Singleton
  StoredTrials storedTrials(ObjectStore store, ServiceConfig config) {
    return new StoredTrials(
        store,
        new VariantCache(
            new StoredVariants(store),
            config.cache().resolve("variants"),
            config.cacheSize().asLongValue()));
  }

  @Produces
  @Singleton
  StoredNetworks storedNetworks(ObjectStore store, Engine engine) {
    return new StoredNetworks(store, engine);
  }

  @Produces
  @Singleton
  TrialMeasurer trialMeasurer(StoredTrials trials, StoredNetworks networks) {
    return new TrialMeasurer(trials, networks, System::nanoTime);
  }
}
