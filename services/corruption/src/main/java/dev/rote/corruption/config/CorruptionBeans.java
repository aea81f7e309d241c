package dev.rote.corruption.config;

import dev.rote.artifacts.ObjectStore;
import dev.rote.corruption.datasets.DatasetFiles;
import dev.rote.corruption.datasets.Datasets;
import dev.rote.corruption.datasets.Downloads;
import dev.rote.corruption.datasets.OwnWeights;
import dev.rote.corruption.datasets.StoredFiles;
import dev.rote.corruption.variants.CoreTasks;
import dev.rote.corruption.variants.RealStatistics;
import dev.rote.corruption.variants.VariantMaker;
import dev.rote.runtime.ServiceConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The objects of this service and how they are wired. */
@ApplicationScoped
class CorruptionBeans {

  @Produces
  @Singleton
  Datasets datasets(CorruptionConfig config, ServiceConfig service, ObjectStore store) {
    return new Datasets(
        new DatasetFiles(
            config.datasets().orElse(null),
            service.cache().resolve("datasets"),
            config.corruption().download()
                ? new Downloads(
                    config.corruption().downloadTimeout(), config.corruption().downloadLimit())
                : null,
            store));
  }

  @Produces
  @Singleton
  OwnWeights weights(Datasets datasets, ObjectStore store) {
    return new OwnWeights(datasets.files(), store);
  }

  @Produces
  @Singleton
  StoredFiles storedFiles(Datasets datasets, ObjectStore store) {
    return new StoredFiles(datasets.files(), store);
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
