package dev.rote.sweeps.report;

import com.google.protobuf.ByteString;
import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.artifacts.variants.Shard;
import dev.rote.artifacts.variants.ShardLayout;
import dev.rote.artifacts.variants.ShardWriter;
import dev.rote.artifacts.variants.VariantReader;
import dev.rote.artifacts.variants.VariantSplit;
import dev.rote.v1.Shape;
import dev.rote.v1.ShardRef;
import dev.rote.v1.SplitManifest;
import dev.rote.v1.VariantManifest;
import java.util.Arrays;

/**
 * A variant of 8-bit pictures in several shards, as the corruption service lays it out. Example i
 * of the training split is number {@code 3 i + 1} of its source, one of the validation split {@code
 * 3 i + 2}; every third label is changed.
 */
final class WrittenVariant {
  static final String ID = "fedcba9876543210fedcba9876543210";

  private final ObjectStore store;
  private final Shape shape;
  private final int perShard;

  WrittenVariant(ObjectStore store, Shape shape, int perShard) {
    this.store = store;
    this.shape = shape;
    this.perShard = perShard;
  }

  VariantReader write(int training, int validation) {
    StoredMessage.VARIANT_MANIFEST.put(
        store,
        VariantManifest.newBuilder()
            .setVariantId(ID)
            .setFormatVersion(VariantReader.FORMAT_VERSION)
            .setShape(shape)
            .setClasses(10)
            .setTrain(split(VariantSplit.TRAIN, training))
            .setValidation(split(VariantSplit.VALIDATION, validation))
            .build());
    return VariantReader.open(store, ID);
  }

  static int sourceIndex(VariantSplit split, int example) {
    return 3 * example + (split == VariantSplit.TRAIN ? 1 : 2);
  }

  static int sourceLabel(int example) {
    return example % 10;
  }

  static int label(int example) {
    return example % 3 == 0 ? (example + 1) % 10 : sourceLabel(example);
  }

  /** Level of a value of an example, from 0 to 255. */
  static int level(int example, int value) {
    return (7 * example + value) % 256;
  }

  private SplitManifest split(VariantSplit split, int examples) {
    int values = ShardLayout.values(shape);
    ShardWriter shard =
        new ShardWriter(new ShardLayout(perShard, values, VariantManifest.Encoding.UINT8));
    SplitManifest.Builder manifest =
        SplitManifest.newBuilder()
            .setExamples(examples)
            .setExamplesPerShard(perShard)
            .setEncoding(VariantManifest.Encoding.UINT8);
    for (int first = 0, number = 0; first < examples; first += perShard, number++) {
      int n = Math.min(perShard, examples - first);
      shard.begin(first, n);
      for (int i = 0; i < n; i++) {
        int example = first + i;
        byte[] levels = new byte[values];
        for (int v = 0; v < values; v++) {
          levels[v] = (byte) level(example, v);
        }
        shard.input(i, levels, 0);
        boolean changed = label(example) != sourceLabel(example);
        shard.labels(
            i,
            label(example),
            sourceLabel(example),
            sourceIndex(split, example),
            changed ? Shard.LABEL_TREATED : 0);
      }
      store.put(ArtifactKeys.variantShard(ID, split.key(), number), shard.toBytes());
      manifest.addShards(
          ShardRef.newBuilder()
              .setSizeBytes(shard.sizeBytes())
              .setSha256(ByteString.copyFrom(shard.sha256())));
    }
    return manifest.build();
  }

  /** Flips a bit of a stored object. */
  static void flip(ObjectStore store, String key) {
    byte[] bytes = Arrays.copyOf(store.get(key), store.get(key).length);
    bytes[bytes.length / 2] ^= 1;
    store.put(key, bytes);
  }
}
