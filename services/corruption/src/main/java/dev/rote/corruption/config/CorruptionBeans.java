package dev.rote.corruption.config;

import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.SignedAddresses;
import dev.rote.corruption.datasets.DatasetFiles;
import dev.rote.corruption.datasets.Datasets;
import dev.rote.corruption.datasets.Downloads;
import dev.rote.corruption.datasets.Elsewhere;
import dev.rote.corruption.datasets.Fetches;
import dev.rote.corruption.datasets.Hosts;
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
  Datasets datasets(
      CorruptionConfig config, ServiceConfig service, ObjectStore store, Fetches fetches) {
    CorruptionConfig.Corruption own = config.corruption();
    Hosts hosts = own.privateHosts() ? Hosts.PRIVATE_TOO : Hosts.PUBLIC;
    Downloads web = own.download() ? downloads(own, hosts, fetches) : null;
    return new Datasets(
        new DatasetFiles(
            config.datasets().orElse(null),
            service.cache().resolve("datasets"),
            web,
            new Elsewhere(
                web,
                downloads(own, Hosts.NAMED, fetches),
                store,
                addresses(own.s3(), service.s3()),
                service.s3().bucket(),
                fetches,
                own.largestFile().asLongValue())));
  }

  private static Downloads downloads(
      CorruptionConfig.Corruption own, Hosts hosts, Fetches fetches) {
    return new Downloads(own.downloadTimeout(), own.downloadLimit(), hosts, fetches::stopped);
  }

  private static SignedAddresses addresses(CorruptionConfig.S3 own, ServiceConfig.S3 shared) {
    return new SignedAddresses(
        own.endpoint().orElseGet(shared::endpoint),
        own.accessKey().orElseGet(shared::accessKey),
        own.secretKey().or(shared::secretKey).orElseThrow(),
        own.region().orElseGet(shared::region));
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
