package dev.rote.corruption.variants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.mending.Mending;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.corruption.datasets.DatasetFiles;
import dev.rote.corruption.datasets.Datasets;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.Measurement;
import dev.rote.v1.VariantSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects taken out of use, in a real store. */
class MendingIT {
  @TempDir static Path directory;
  static TestStore server;
  static ObjectStore store;

  @BeforeAll
  static void start() throws IOException {
    server = TestStore.start(directory.resolve("objects"));
    store = server.client();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static List<String> aside() {
    return store.list(ArtifactKeys.SET_ASIDE, "", 1000);
  }

  private static String variant(int examples) {
    try (CoreTasks tasks = new CoreTasks(1)) {
      Datasets datasets = new Datasets(new DatasetFiles(null, directory.resolve("cache"), null));
      return new VariantMaker(store, datasets, new RealStatistics(tasks), tasks)
          .make(
              VariantSpec.newBuilder()
                  .setDataset(
                      DatasetSpec.newBuilder()
                          .setName("strokes")
                          .setTrainSize(examples)
                          .setValidationSize(10))
                  .build())
          .manifest()
          .getVariantId();
    }
  }

  @Test
  void mend_damagedMessage_movesItsBytes() {
    String key = ArtifactKeys.measurement("abc");
    byte[] damaged = {1, 2, 3};
    store.put(key, damaged);
    assertThat(new Mending(store).mend(key).orElseThrow().getMeasurementId()).isEqualTo("abc");
    assertThat(store.find(key)).isEmpty();
    String moved = aside().stream().filter(name -> name.endsWith(key)).findFirst().orElseThrow();
    assertThat(store.get(moved)).isEqualTo(damaged);
  }

  @Test
  void mend_soundOrGone_leavesAllAsItIs() {
    Measurement sound = Measurement.newBuilder().setMeasurementId("sound").build();
    StoredMessage.MEASUREMENT.putIfAbsent(store, sound);
    Mending mending = new Mending(store);
    assertThat(mending.mend(ArtifactKeys.measurement("sound"))).isPresent();
    assertThat(StoredMessage.MEASUREMENT.get(store, "sound")).isEqualTo(sound);
    assertThat(mending.mend(ArtifactKeys.trialResult("gone"))).isPresent();
    String id = variant(20);
    assertThat(mending.mend(ArtifactKeys.variantShard(id, "train", 0))).isPresent();
    assertThat(store.find(ArtifactKeys.variantManifest(id))).isPresent();
    assertThat(aside()).noneMatch(key -> key.contains(id) || key.contains("sound"));
  }

  @Test
  void mend_shardGoneOrDamaged_withdrawsTheManifest() {
    String gone = variant(21);
    String goneKey = ArtifactKeys.variantShard(gone, "train", 0);
    store.delete(goneKey);
    assertThat(new Mending(store).mend(goneKey).orElseThrow().getVariantId()).isEqualTo(gone);
    assertThat(store.find(ArtifactKeys.variantManifest(gone))).isEmpty();

    String cut = variant(22);
    String cutKey = ArtifactKeys.variantShard(cut, "validation", 0);
    store.put(cutKey, new byte[] {0});
    new Mending(store).mend(cutKey);
    assertThat(store.find(cutKey)).isEmpty();
    assertThat(store.find(ArtifactKeys.variantManifest(cut))).isEmpty();
    assertThat(aside()).anyMatch(key -> key.endsWith(cutKey));
  }

  @Test
  void mend_whatCannotBeMadeAgain_isLeftAlone() {
    String key = ArtifactKeys.report("s-0123456789abcdef") + "report.pb";
    store.put(key, new byte[] {1});
    assertThat(new Mending(store).mend(key)).isEmpty();
    assertThat(new Mending(store).mend("shard 3 in /some/file")).isEmpty();
    assertThat(store.find(key)).isPresent();
  }

  @Test
  void setAside_often_keepsTheNewestHundred() {
    Mending mending = new Mending(store);
    for (int i = 0; i < 103; i++) {
      String key = ArtifactKeys.measurement("many" + i);
      store.put(key, Integer.toString(i).getBytes(StandardCharsets.UTF_8));
      mending.setAside(key, "it is one of many");
    }
    assertThat(aside()).hasSize(100);
    assertThat(aside()).anyMatch(key -> key.endsWith("many102"));
    assertThat(aside()).noneMatch(key -> key.endsWith("many0"));
  }
}
