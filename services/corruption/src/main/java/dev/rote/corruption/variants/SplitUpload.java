package dev.rote.corruption.variants;

import com.google.protobuf.ByteString;
import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.Sha256;
import dev.rote.artifacts.mending.Mending;
import dev.rote.artifacts.variants.ShardWriter;
import dev.rote.v1.ShardRef;
import dev.rote.v1.SplitManifest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BooleanSupplier;

/** Makes the shards of a split on all threads and stores them. */
final class SplitUpload {
  private final ObjectStore store;
  private final Mending mending;
  private final String variantId;
  private final SplitPlan plan;
  private final AtomicReferenceArray<ShardRef> shards;

  SplitUpload(ObjectStore store, Mending mending, String variantId, SplitPlan plan) {
    this.store = store;
    this.mending = mending;
    this.variantId = variantId;
    this.plan = plan;
    this.shards = new AtomicReferenceArray<>(plan.shards());
  }

  /**
   * Stores all shards and returns what they are.
   *
   * @param stopped asked before each shard
   * @throws java.util.concurrent.CancellationException when told to stop
   */
  SplitManifest run(CoreTasks tasks, BooleanSupplier stopped) {
    SplitManifest.Builder split =
        SplitManifest.newBuilder()
            .setExamples(plan.size())
            .setExamplesPerShard(plan.examplesPerShard())
            .setEncoding(plan.encoding());
    List<ShardMaker> makers = tasks.run(shards.length(), Part::new, stopped);
    for (int number = 0; number < shards.length(); number++) {
      split.addShards(shards.get(number));
    }
    return split
        .setCorruptedInputs(makers.stream().mapToLong(ShardMaker::corruptedInputs).sum())
        .setCorruptedLabels(makers.stream().mapToLong(ShardMaker::corruptedLabels).sum())
        .setChangedLabels(makers.stream().mapToLong(ShardMaker::changedLabels).sum())
        .build();
  }

  private final class Part implements CoreTasks.Part<ShardMaker> {
    private final ShardMaker maker = new ShardMaker(plan);

    @Override
    public void run(long number) {
      ShardWriter shard = maker.make(number);
      byte[] sum = shard.sha256();
      String key = ArtifactKeys.variantShard(variantId, plan.split().key(), (int) number);
      byte[] bytes = shard.bytes();
      if (!store.putIfAbsent(key, bytes)) {
        /* Left by a run that was cut off before its manifest, or by a manifest that was withdrawn. */
        byte[] there = store.get(key);
        if (!Arrays.equals(Sha256.of(ByteBuffer.wrap(there)), sum)) {
          mending.setAside(key, "it is not what its variant has there");
          store.putIfAbsent(key, bytes);
        }
      }
      shards.set(
          (int) number,
          ShardRef.newBuilder()
              .setSizeBytes(bytes.length)
              .setSha256(ByteString.copyFrom(sum))
              .build());
    }

    @Override
    public ShardMaker result() {
      return maker;
    }
  }
}
