package dev.rote.artifacts.variants;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.ObjectStoreException.Reason;
import dev.rote.v1.ShardRef;
import dev.rote.v1.SplitManifest;
import dev.rote.v1.VariantManifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Reads a variant from object storage, one shard in memory at a time. */
public final class VariantReader {
  /** The layout that this code reads and writes. */
  public static final int FORMAT_VERSION = 1;

  private final ObjectStore store;
  private final VariantManifest manifest;

  VariantReader(ObjectStore store, VariantManifest manifest) {
    this.store = store;
    this.manifest = manifest;
  }

  /**
   * Reads the manifest of a variant.
   *
   * @throws ObjectStoreException with reason {@code NOT_FOUND} when the variant was not made yet,
   *     {@code DAMAGED} when its manifest is no manifest of this version
   */
  public static VariantReader open(ObjectStore store, String variantId) {
    return new VariantReader(
        store, parse(variantId, store.get(ArtifactKeys.variantManifest(variantId))));
  }

  /**
   * Reads the bytes of a manifest.
   *
   * @throws ObjectStoreException with reason {@code DAMAGED}
   */
  public static VariantManifest parse(String variantId, byte[] bytes) {
    VariantManifest manifest;
    try {
      manifest = VariantManifest.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new ObjectStoreException(
          Reason.DAMAGED, "the manifest of variant " + variantId + " cannot be read", e);
    }
    if (manifest.getFormatVersion() != FORMAT_VERSION
        || !manifest.getVariantId().equals(variantId)) {
      throw new ObjectStoreException(
          Reason.DAMAGED,
          "the manifest of variant "
              + variantId
              + " must be of version "
              + FORMAT_VERSION
              + " and this variant, was of version "
              + manifest.getFormatVersion()
              + " and variant "
              + manifest.getVariantId());
    }
    return manifest;
  }

  public VariantManifest manifest() {
    return manifest;
  }

  /**
   * Reads one shard and checks its SHA-256.
   *
   * @throws ObjectStoreException with reason {@code DAMAGED} when the bytes are not those of the
   *     manifest
   */
  public Shard shard(VariantSplit split, int number) {
    return Shard.of(
        ByteBuffer.wrap(bytes(split, number)),
        ArtifactKeys.variantShard(manifest.getVariantId(), split.key(), number));
  }

  /** The shards of a split in order, each read when it is asked for. */
  public Iterable<Shard> shards(VariantSplit split) {
    int count = split.of(manifest).getShardsCount();
    return () ->
        new Iterator<>() {
          private int next;

          @Override
          public boolean hasNext() {
            return next < count;
          }

          @Override
          public Shard next() {
            if (next == count) {
              throw new NoSuchElementException("the split has " + count + " shards");
            }
            return shard(split, next++);
          }
        };
  }

  byte[] bytes(VariantSplit split, int number) {
    SplitManifest of = split.of(manifest);
    ShardRef ref = of.getShards(number);
    String key = ArtifactKeys.variantShard(manifest.getVariantId(), split.key(), number);
    byte[] bytes = new byte[Math.toIntExact(ref.getSizeBytes())];
    int read;
    boolean more;
    try (InputStream in = store.open(key, 0)) {
      read = in.readNBytes(bytes, 0, bytes.length);
      more = in.read() >= 0;
    } catch (IOException e) {
      throw new ObjectStoreException(Reason.UNAVAILABLE, "could not read " + key, e);
    }
    if (read != bytes.length || more) {
      throw new ObjectStoreException(
          Reason.DAMAGED,
          key + " must be " + bytes.length + " bytes, was " + (more ? "longer" : "" + read));
    }
    check(key, ref, ByteBuffer.wrap(bytes));
    return bytes;
  }

  static void check(String name, ShardRef ref, ByteBuffer bytes) {
    String actual = Sha256.hex(Sha256.of(bytes));
    String expected = Sha256.hex(ref.getSha256().toByteArray());
    if (!actual.equals(expected)) {
      throw new ObjectStoreException(
          Reason.DAMAGED, name + " must have SHA-256 " + expected + ", was " + actual);
    }
  }
}
