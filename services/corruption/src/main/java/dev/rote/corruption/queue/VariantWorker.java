package dev.rote.corruption.queue;

import dev.rote.artifacts.ObjectStore;
import dev.rote.corruption.config.CorruptionConfig;
import dev.rote.corruption.variants.VariantMaker;
import dev.rote.runtime.worker.QueuedWork;
import dev.rote.workqueue.MendedWork;
import dev.rote.workqueue.WorkKind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The queue's work for this service: variants. */
@ApplicationScoped
class VariantWorker {

  @Produces
  @Singleton
  QueuedWork variants(CorruptionConfig config, VariantMaker maker, ObjectStore store) {
    CorruptionConfig.Corruption own = config.corruption();
    return new QueuedWork(
        WorkKind.VARIANTS,
        "corruption",
        own.slots(),
        own,
        new MendedWork(new VariantHandler(maker), store));
  }
}
