package dev.rote.sweeps.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.artifacts.variants.Shard;
import dev.rote.artifacts.variants.VariantReader;
import dev.rote.artifacts.variants.VariantSplit;
import dev.rote.figures.study.ExamplePicture;
import dev.rote.testkit.StoredState;
import dev.rote.testkit.TestStore;
import dev.rote.v1.ExampleSelection.Split;
import dev.rote.v1.Shape;
import dev.rote.v1.VariantManifest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of the examples of stored variants. */
class StoredPicturesIT {
  private static final Shape SHAPE =
      Shape.newBuilder().setChannels(3).setHeight(2).setWidth(4).build();

  @TempDir private Path directory;
  private TestStore store;

  @BeforeEach
  void start() {
    store = TestStore.start(directory);
  }

  @AfterEach
  void stop() {
    store.close();
  }

  /** Seven training examples in three shards, two of another split. */
  private StoredPictures pictures() {
    return new StoredPictures(new WrittenVariant(store.client(), SHAPE, 3).write(7, 2));
  }

  private static int index(int example) {
    return WrittenVariant.sourceIndex(VariantSplit.TRAIN, example);
  }

  @Test
  void of_examplesOfSeveralShards_areFoundByTheirSourceIndex() {
    Map<Integer, ExamplePicture> found =
        pictures().of(Split.TRAINING, List.of(index(6), index(0), index(4)), () -> false);

    assertThat(found).containsOnlyKeys(index(0), index(4), index(6));
    for (int example : new int[] {0, 4, 6}) {
      ExamplePicture picture = found.get(index(example));
      assertThat(picture).isNotNull();
      assertThat(picture.channels()).isEqualTo(3);
      assertThat(picture.height()).isEqualTo(2);
      assertThat(picture.width()).isEqualTo(4);
      for (int channel = 0; channel < 3; channel++) {
        for (int i = 0; i < 8; i++) {
          assertThat(picture.value(channel, i))
              .isEqualTo(WrittenVariant.level(example, 8 * channel + i) / 255f);
        }
      }
    }
  }

  @Test
  void of_examplesOfTheOtherSplit_areNotFound() {
    int validation = WrittenVariant.sourceIndex(VariantSplit.VALIDATION, 1);
    StoredPictures pictures = pictures();
    assertThat(pictures.of(Split.TRAINING, List.of(validation, 999), () -> false)).isEmpty();
    assertThat(pictures.of(Split.VALIDATION, List.of(validation), () -> false))
        .containsOnlyKeys(validation);
  }

  /** What is wanted lies in the first shard, so that the second is not even asked for. */
  @Test
  void of_allFound_readsNoFurtherShard() {
    StoredPictures pictures = pictures();
    AtomicInteger asked = new AtomicInteger();
    store.client().delete(ArtifactKeys.variantShard(WrittenVariant.ID, "train", 1));
    assertThat(pictures.of(Split.TRAINING, List.of(index(2)), () -> asked.incrementAndGet() > 1))
        .hasSize(1);
    assertThat(asked.get()).isEqualTo(1);
  }

  @Test
  void of_reportNotWantedAnyMore_ends() {
    StoredPictures pictures = pictures();
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() -> pictures.of(Split.TRAINING, List.of(index(2)), () -> true));
  }

  @Test
  void of_shardWithAFlippedBit_isDamaged() {
    StoredPictures pictures = pictures();
    WrittenVariant.flip(store.client(), ArtifactKeys.variantShard(WrittenVariant.ID, "train", 1));
    assertThatExceptionOfType(ObjectStoreException.class)
        .isThrownBy(() -> pictures.of(Split.TRAINING, List.of(index(5)), () -> false))
        .returns(ObjectStoreException.Reason.DAMAGED, ObjectStoreException::reason)
        .withMessageContaining("train");
  }

  /** Variants as the corruption service made them. */
  @Test
  void of_variantsThatWereRun_haveTheInputsOfTheirShards() {
    StoredState.copyTo(store.client());
    List<String> variants =
        StoredState.objects().keySet().stream()
            .filter(key -> key.startsWith("variants/") && key.endsWith("/manifest"))
            .map(key -> key.split("/", -1)[1])
            .toList();
    assertThat(variants).hasSize(2);
    for (String id : variants) {
      VariantReader reader = VariantReader.open(store.client(), id);
      VariantManifest manifest = reader.manifest();
      assertThat(StoredMessage.VARIANT_MANIFEST.find(store.client(), id)).contains(manifest);
      Shard shard = reader.shard(VariantSplit.TRAIN, 0);
      int index = (int) shard.sourceIndex(shard.examples() - 1);
      ExamplePicture picture =
          new StoredPictures(reader).of(Split.TRAINING, List.of(index), () -> false).get(index);
      assertThat(picture).isNotNull();
      float[] values = new float[shard.values()];
      shard.input(shard.examples() - 1, values, 0);
      int area = picture.height() * picture.width();
      assertThat(picture.channels() * area).isEqualTo(values.length);
      for (int v = 0; v < values.length; v++) {
        assertThat(picture.value(v / area, v % area)).isEqualTo(values[v]);
      }
    }
  }
}
