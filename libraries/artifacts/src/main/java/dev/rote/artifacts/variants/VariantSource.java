package dev.rote.artifacts.variants;

import dev.rote.v1.VariantManifest;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Somewhere that variants come from; both ways give the same bytes. */
public interface VariantSource {

  /** What the variant consists of. */
  VariantManifest manifest(String variantId);

  /** Passes every shard of a split on, in order, each checked against the manifest. */
  void shards(VariantManifest manifest, VariantSplit split, ShardSink sink) throws IOException;

  /** Where shards go. */
  interface ShardSink {
    /**
     * Takes one shard.
     *
     * @param bytes valid during the call only
     */
    void accept(ByteBuffer bytes) throws IOException;
  }
}
