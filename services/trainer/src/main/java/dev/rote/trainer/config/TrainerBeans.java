package dev.rote.trainer.config;

import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.variants.StoredVariants;
import dev.rote.artifacts.variants.StreamedVariants;
import dev.rote.artifacts.variants.VariantCache;
import dev.rote.artifacts.variants.VariantSource;
import dev.rote.networks.Engine;
import dev.rote.networks.Engines;
import dev.rote.runtime.ServiceConfig;
import dev.rote.runtime.Slots;
import dev.rote.trainer.trials.Trainer;
import dev.rote.trainer.trials.VariantSupply;
import dev.rote.v1.CorruptionServiceGrpc;
import dev.rote.v1.CorruptionServiceGrpc.CorruptionServiceBlockingStub;
import io.grpc.ManagedChannel;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The objects of this service and how they are wired. */
@ApplicationScoped
class TrainerBeans {

  @Produces
  @Singleton
  Engine engine(TrainerConfig config) {
    return Engines.named(config.engine());
  }

  @Produces
  @Singleton
  VariantSupply variants(
      ObjectStore store, ManagedChannel channel, TrainerConfig config, ServiceConfig service) {
    CorruptionServiceBlockingStub corruption =
        CorruptionServiceGrpc.newBlockingStub(channel).withMaxInboundMessageSize(16 << 20);
    VariantSource source =
        switch (config.trainer().examples()) {
          case OBJECT_STORAGE -> new StoredVariants(store);
          case GRPC -> new StreamedVariants(corruption);
        };
    VariantCache cache =
        new VariantCache(
            source, service.cache().resolve("variants"), service.cacheSize().asLongValue());
    return new VariantSupply(store, corruption, cache, config.trainer().variantPatience());
  }

  @Produces
  @Singleton
  Trainer trainer(
      ObjectStore store,
      VariantSupply variants,
      Engine engine,
      TrainerConfig config,
      ServiceConfig service) {
    return new Trainer(
        store,
        variants,
        engine,
        new Slots(config.slots(), "rote.trainer.slots", Duration.ofSeconds(5)),
        service.cache().resolve("trainer"),
        config.trainer().resumeEvery());
  }
}
