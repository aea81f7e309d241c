package dev.rote.corruption.config;

import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreSettings;
import dev.rote.artifacts.S3ObjectStore;
import dev.rote.corruption.datasets.DatasetFiles;
import dev.rote.corruption.datasets.Datasets;
import dev.rote.corruption.datasets.Downloads;
import dev.rote.corruption.variants.CoreTasks;
import dev.rote.corruption.variants.RealStatistics;
import dev.rote.corruption.variants.VariantMaker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The objects of this service and how they are wired. */
@ApplicationScoped
class CorruptionBeans {

  @Produces
  @Singleton
  ObjectStore objectStore(CorruptionConfig config) {
    CorruptionConfig.S3 s3 = config.s3();
    return S3ObjectStore.connect(
        new ObjectStoreSettings(
            s3.endpoint(), s3.accessKey(), s3.secretKey(), s3.bucket(), s3.patience()));
  }

  void close(@Disposes ObjectStore store) {
    store.close();
  }

  @Produces
  @Singleton
  Datasets datasets(CorruptionConfig config) {
    return new Datasets(
        new DatasetFiles(
            config.datasets().orElse(null),
            config.cache().resolve("datasets"),
            config.corruption().download()
                ? new Downloads(
                    config.corruption().downloadTimeout(), config.corruption().downloadLimit())
                : null));
  }

  @Produces
  @Singleton
  CoreTasks coreTasks(CorruptionConfig config) {
    return new CoreTasks(config.threads());
  }

  void close(@Disposes CoreTasks tasks) {
    tasks.close();
  }

  @Produces
  @Singleton
  VariantMaker variantMaker(ObjectStore store, Datasets datasets, CoreTasks tasks) {
    return new VariantMaker(store, datasets, new RealStatistics(tasks), tasks);
  }
}
