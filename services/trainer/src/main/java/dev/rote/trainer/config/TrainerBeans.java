package dev.rote.trainer.config;

import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreSettings;
import dev.rote.artifacts.S3ObjectStore;
import dev.rote.artifacts.variants.StoredVariants;
import dev.rote.artifacts.variants.StreamedVariants;
import dev.rote.artifacts.variants.VariantCache;
import dev.rote.artifacts.variants.VariantSource;
import dev.rote.networks.Engine;
import dev.rote.networks.Engines;
import dev.rote.trainer.trials.Slots;
import dev.rote.trainer.trials.Trainer;
import dev.rote.trainer.trials.VariantSupply;
import dev.rote.v1.CorruptionServiceGrpc;
import dev.rote.v1.CorruptionServiceGrpc.CorruptionServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The objects of this service and how they are wired. */
@ApplicationScoped
class TrainerBeans {

  @Produces
  @Singleton
  ObjectStore objectStore(TrainerConfig config) {
    TrainerConfig.S3 s3 = config.s3();
    return S3ObjectStore.connect(
        new ObjectStoreSettings(
            s3.endpoint(), s3.accessKey(), s3.secretKey(), s3.bucket(), s3.patience()));
  }

  void close(@Disposes ObjectStore store) {
    store.close();
  }

  @Produces
  @Singleton
  Engine engine(TrainerConfig config) {
    return Engines.named(config.engine());
  }

  @Produces
  @Singleton
  ManagedChannel corruption(TrainerConfig config) {
    return ManagedChannelBuilder.forTarget(config.corruption()).usePlaintext().build();
  }

  void close(@Disposes ManagedChannel channel) {
    channel.shutdownNow();
  }

  @Produces
  @Singleton
  VariantSupply variants(ObjectStore store, ManagedChannel channel, TrainerConfig config) {
    CorruptionServiceBlockingStub corruption =
        CorruptionServiceGrpc.newBlockingStub(channel).withMaxInboundMessageSize(16 << 20);
    VariantSource source =
        switch (config.trainer().examples()) {
          case OBJECT_STORAGE -> new StoredVariants(store);
          case GRPC -> new StreamedVariants(corruption);
        };
    VariantCache cache =
        new VariantCache(
            source, config.cache().resolve("variants"), config.cacheSize().asLongValue());
    return new VariantSupply(store, corruption, cache, config.trainer().variantPatience());
  }

  @Produces
  @Singleton
  Trainer trainer(ObjectStore store, VariantSupply variants, Engine engine, TrainerConfig config) {
    return new Trainer(
        store,
        variants,
        engine,
        new Slots(config.slots()),
        config.cache().resolve("trainer"),
        config.trainer().resumeEvery());
  }
}
