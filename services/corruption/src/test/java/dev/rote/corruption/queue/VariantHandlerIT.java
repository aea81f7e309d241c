package dev.rote.corruption.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.corruption.datasets.DatasetFiles;
import dev.rote.corruption.datasets.Datasets;
import dev.rote.corruption.variants.CoreTasks;
import dev.rote.corruption.variants.RealStatistics;
import dev.rote.corruption.variants.TestStore;
import dev.rote.corruption.variants.VariantMaker;
import dev.rote.spec.Ids;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.MaterializeVariantWork;
import dev.rote.v1.RenewLeaseResponse.Order;
import dev.rote.v1.TrialProgress;
import dev.rote.v1.VariantSpec;
import dev.rote.v1.WorkFailed.Remedy;
import dev.rote.v1.WorkItem;
import dev.rote.workqueue.MendedWork;
import dev.rote.workqueue.WorkContext;
import dev.rote.workqueue.WorkOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VariantHandlerIT {
  @TempDir static Path directory;
  static TestStore store;
  static CoreTasks tasks;
  static MendedWork handler;

  @BeforeAll
  static void start() throws IOException {
    store = TestStore.start(directory.resolve("objects"));
    tasks = new CoreTasks(1);
    Datasets datasets = new Datasets(new DatasetFiles(null, directory.resolve("cache"), null));
    handler =
        new MendedWork(
            new VariantHandler(
                new VariantMaker(store.client(), datasets, new RealStatistics(tasks), tasks)),
            store.client());
  }

  @AfterAll
  static void stop() {
    tasks.close();
    store.close();
  }

  private record Lease(Order order) implements WorkContext {
    @Override
    public void report(TrialProgress progress) {
      throw new AssertionError("a variant has no progress");
    }

    @Override
    public int attempt() {
      return 1;
    }
  }

  private static WorkItem item(String dataset, int train) {
    VariantSpec variant =
        VariantSpec.newBuilder()
            .setDataset(
                DatasetSpec.newBuilder().setName(dataset).setTrainSize(train).setValidationSize(10))
            .build();
    return WorkItem.newBuilder()
        .setMaterializeVariant(
            MaterializeVariantWork.newBuilder()
                .setVariantId(Ids.variantId(variant).value())
                .setVariant(variant))
        .build();
  }

  @Test
  void handle_twice_completedThenReused() throws InterruptedException {
    WorkItem item = item("strokes", 20);
    assertThat(handler.handle(item, new Lease(Order.CONTINUE)))
        .isEqualTo(WorkOutcome.Completed.work(false));
    assertThat(handler.handle(item, new Lease(Order.CONTINUE)))
        .isEqualTo(WorkOutcome.Completed.work(true));
  }

  @Test
  void handle_damagedManifestAndShards_areSetAsideAndMadeAgainEqual() throws InterruptedException {
    WorkItem item = item("strokes", 30);
    handler.handle(item, new Lease(Order.CONTINUE));
    String id = item.getMaterializeVariant().getVariantId();
    List<String> keys =
        List.of(
            ArtifactKeys.variantManifest(id),
            ArtifactKeys.variantShard(id, "train", 0),
            ArtifactKeys.variantShard(id, "validation", 0));
    Map<String, byte[]> sound = new HashMap<>();
    for (String key : keys) {
      byte[] bytes = store.client().get(key);
      sound.put(key, bytes);
      byte[] damaged = bytes.clone();
      damaged[damaged.length / 2] ^= 4;
      store.client().put(key, damaged);
    }
    assertThat(handler.handle(item, new Lease(Order.CONTINUE)))
        .isEqualTo(WorkOutcome.Completed.work(false));
    for (String key : keys) {
      assertThat(store.client().get(key)).as(key).isEqualTo(sound.get(key));
      assertThat(store.client().list(ArtifactKeys.SET_ASIDE, "", 100))
          .anySatisfy(aside -> assertThat(aside).endsWith(key));
    }
  }

  @Test
  void handle_cannotBeMade_failedForGoodWithTheReason() throws InterruptedException {
    assertThat(handler.handle(item("mnist", 20), new Lease(Order.CONTINUE)))
        .isInstanceOfSatisfying(
            WorkOutcome.Failed.class,
            failed -> {
              assertThat(failed.reason()).isEqualTo("DATASET_MISSING");
              assertThat(failed.remedy()).isEqualTo(Remedy.REFUSE);
            });
    assertThat(handler.handle(item("nonsense", 20), new Lease(Order.CONTINUE)))
        .isInstanceOfSatisfying(
            WorkOutcome.Failed.class,
            failed -> assertThat(failed.reason()).isEqualTo("SPEC_INVALID"));
  }

  @Test
  void handle_offeredUnderAnotherId_isNotDone() throws InterruptedException {
    WorkItem.Builder item = item("strokes", 22).toBuilder();
    item.getMaterializeVariantBuilder().setVariantId("0123");
    assertThat(handler.handle(item.build(), new Lease(Order.CONTINUE)))
        .isInstanceOfSatisfying(
            WorkOutcome.Failed.class,
            failed -> {
              assertThat(failed.reason()).isEqualTo("IDS_DIFFER");
              assertThat(failed.message()).contains("named '0123'");
              assertThat(failed.remedy()).isEqualTo(Remedy.REFUSE);
            });
  }

  @Test
  void handle_orderedToStop_givenBackOrDropped() throws InterruptedException {
    assertThat(handler.handle(item("strokes", 21), new Lease(Order.YIELD)))
        .isInstanceOf(WorkOutcome.Yielded.class);
    assertThat(handler.handle(item("strokes", 21), new Lease(Order.ABANDON)))
        .isInstanceOf(WorkOutcome.Abandoned.class);
  }
}
