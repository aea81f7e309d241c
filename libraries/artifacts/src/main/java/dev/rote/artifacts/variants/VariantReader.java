package dev.rote.artifacts.variants;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.ObjectStoreException.Reason;
import dev.rote.artifacts.OtherVersionException;
import dev.rote.artifacts.Sha256;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.v1.ShardRef;
import dev.rote.v1.SplitManifest;
import dev.rote.v1.VariantManifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

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
   *     {@code DAMAGED} when its manifest is not what was written or none of this version
   */
  public static VariantReader open(ObjectStore store, String variantId) {
    return new VariantReader(
        store, checkVersion(StoredMessage.VARIANT_MANIFEST.get(store, variantId)));
  }

  /**
   * The manifest of a variant, if it was made.
   *
   * @throws ObjectStoreException with reason {@code DAMAGED}
   */
  public static Optional<VariantManifest> find(ObjectStore store, String variantId) {
    return StoredMessage.VARIANT_MANIFEST.find(store, variantId).map(VariantReader::checkVersion);
  }

  private static VariantManifest checkVersion(VariantManifest manifest) {
    String key = ArtifactKeys.variantManifest(manifest.getVariantId());
    if (manifest.getFormatVersion() > FORMAT_VERSION) {
      throw new OtherVersionException(
          "%s has format_version %d, this service reads up to %d"
              .formatted(key, manifest.getFormatVersion(), FORMAT_VERSION));
    }
    if (manifest.getFormatVersion() < FORMAT_VERSION) {
      throw ObjectStoreException.damaged(
          key, "its version must be " + FORMAT_VERSION + ", was " + manifest.getFormatVersion());
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
    return shard(
        manifest,
        split,
        number,
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
      throw ObjectStoreException.damaged(
          key, "it must be " + bytes.length + " bytes, was " + (more ? "longer" : "" + read));
    }
    check(key, ref, ByteBuffer.wrap(bytes));
    return bytes;
  }

  /**
   * Checked bytes as the shard that the manifest has at a place.
   *
   * @param name of the shard in messages
   */
  static Shard shard(
      VariantManifest manifest, VariantSplit split, int number, ByteBuffer bytes, String name) {
    SplitManifest of = split.of(manifest);
    Shard shard = Shard.of(bytes, name);
    long first = (long) number * of.getExamplesPerShard();
    long examples = Math.min(of.getExamplesPerShard(), of.getExamples() - first);
    int values = ShardLayout.values(manifest.getShape());
    if (shard.firstIndex() != first || shard.examples() != examples || shard.values() != values) {
      throw ObjectStoreException.damaged(
          name,
          "the manifest has %d examples of %d values from %d there, it holds %d of %d from %d"
              .formatted(
                  examples, values, first, shard.examples(), shard.values(), shard.firstIndex()));
    }
    return shard;
  }

  static void check(String name, ShardRef ref, ByteBuffer bytes) {
    String actual = Sha256.hex(Sha256.of(bytes));
    String expected = Sha256.hex(ref.getSha256().toByteArray());
    if (!actual.equals(expected)) {
      throw ObjectStoreException.damaged(
          name, "its SHA-256 must be " + expected + ", was " + actual);
    }
  }
}
