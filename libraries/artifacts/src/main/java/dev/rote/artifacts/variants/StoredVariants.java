package dev.rote.artifacts.variants;

import dev.rote.artifacts.ObjectStore;
import dev.rote.v1.VariantManifest;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Variants straight from object storage. */
public final class StoredVariants implements VariantSource {
  private final ObjectStore store;

  public StoredVariants(ObjectStore store) {
    this.store = store;
  }

  @Override
  public VariantManifest manifest(String variantId) {
    return VariantReader.open(store, variantId).manifest();
  }

  @Override
  public void shards(VariantManifest manifest, VariantSplit split, ShardSink sink)
      throws IOException {
    VariantReader reader = new VariantReader(store, manifest);
    for (int number = 0; number < split.of(manifest).getShardsCount(); number++) {
      sink.accept(ByteBuffer.wrap(reader.bytes(split, number)));
    }
  }
}
