package dev.rote.artifacts.variants;

import dev.rote.v1.Shape;
import dev.rote.v1.ShardRef;
import dev.rote.v1.SplitManifest;
import dev.rote.v1.VariantManifest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A split of a variant, mapped from a local file: random access without heap. Safe to share between
 * threads. The mapping lasts as long as this object is reachable, also when the file is removed.
 */
public final class LocalVariant {
  private static final long LARGEST_MAPPING = 1L << 30;

  private final VariantManifest manifest;
  private final SplitManifest split;
  private final Shard[] shards;
  private final int values;

  private LocalVariant(VariantManifest manifest, SplitManifest split, Shard[] shards) {
    this.manifest = manifest;
    this.split = split;
    this.shards = shards;
    this.values = ShardLayout.values(manifest.getShape());
  }

  /**
   * Maps a file of all shards of a split, one after another, and checks each.
   *
   * @throws dev.rote.artifacts.ObjectStoreException with reason {@code DAMAGED} when the file does
   *     not hold what the manifest says
   */
  static LocalVariant map(VariantManifest manifest, VariantSplit split, Path file)
      throws IOException {
    SplitManifest of = split.of(manifest);
    Shard[] shards = new Shard[of.getShardsCount()];
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long at = 0;
      int first = 0;
      while (first < shards.length) {
        int end = first;
        long length = 0;
        while (end < shards.length
            && (end == first || length + of.getShards(end).getSizeBytes() <= LARGEST_MAPPING)) {
          length += of.getShards(end++).getSizeBytes();
        }
        ByteBuffer mapped = channel.map(MapMode.READ_ONLY, at, length);
        int inside = 0;
        for (int s = first; s < end; s++) {
          ShardRef ref = of.getShards(s);
          ByteBuffer bytes = mapped.slice(inside, Math.toIntExact(ref.getSizeBytes()));
          String name = "shard " + s + " in " + file;
          VariantReader.check(name, ref, bytes);
          shards[s] = VariantReader.shard(manifest, split, s, bytes, name);
          inside += bytes.limit();
        }
        at += length;
        first = end;
      }
    }
    return new LocalVariant(manifest, of, shards);
  }

  public VariantManifest manifest() {
    return manifest;
  }

  /** N. */
  public long examples() {
    return split.getExamples();
  }

  public Shape shape() {
    return manifest.getShape();
  }

  /** V. */
  public int values() {
    return values;
  }

  /** Classes of the labels to train on. */
  public int classes() {
    return manifest.getClasses();
  }

  /**
   * Copies the inputs of {@code n} examples, float32[n, V].
   *
   * @param indices examples of the split, in any order
   */
  public void inputs(int[] indices, int n, float[] out) {
    for (int i = 0; i < n; i++) {
      input(indices[i], out, i * values);
    }
  }

  /** Like {@link #inputs(int[], int, float[])}, for splits beyond 2<sup>31</sup> examples. */
  public void inputs(long[] indices, int n, float[] out) {
    for (int i = 0; i < n; i++) {
      input(indices[i], out, i * values);
    }
  }

  /** Copies the input of one example, float32[V]. */
  public void input(long index, float[] out, int offset) {
    shard(index).input(inside(index), out, offset);
  }

  /** Label to train on, in [0, classes). */
  public int label(long index) {
    return shard(index).label(inside(index));
  }

  /** Label before the corruption. */
  public int originalLabel(long index) {
    return shard(index).originalLabel(inside(index));
  }

  /** Whether the input was replaced or the label treated. */
  public boolean corrupted(long index) {
    return (mask(index) & Shard.CORRUPTED) != 0;
  }

  /**
   * {@link Shard#INPUT_REPLACED}, {@link Shard#LABEL_TREATED}, {@link Shard#THRESHOLD_CLASS} and
   * {@link Shard#REPEATED}.
   */
  public byte mask(long index) {
    return shard(index).mask(inside(index));
  }

  /** Index of the example in its source. */
  public long sourceIndex(long index) {
    return shard(index).sourceIndex(inside(index));
  }

  private Shard shard(long index) {
    if (index < 0 || index >= split.getExamples()) {
      throw new IndexOutOfBoundsException(
          "example must be in [0, " + split.getExamples() + "), was " + index);
    }
    return shards[(int) (index / split.getExamplesPerShard())];
  }

  private int inside(long index) {
    return (int) (index % split.getExamplesPerShard());
  }
}
