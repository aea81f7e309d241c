package dev.rote.artifacts.variants;

import dev.rote.artifacts.ObjectStoreException;
import dev.rote.v1.VariantManifest.Encoding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Read access to the bytes of one shard. Immutable and safe to share between threads. */
public final class Shard {
  /** Bit of a mask: the input was replaced. */
  public static final byte INPUT_REPLACED = 1;

  /** Bit of a mask: the label was treated; its value may be the same. */
  public static final byte LABEL_TREATED = 2;

  /** Bit of a mask, beside that of the label: the label is that of the threshold class. */
  public static final byte THRESHOLD_CLASS = 4;

  /** Bit of a mask: the example is in the split several times, which alone is no corruption. */
  public static final byte REPEATED = 8;

  /** Bits of a mask of which any means that the example was corrupted. */
  public static final int CORRUPTED = INPUT_REPLACED | LABEL_TREATED | THRESHOLD_CLASS;

  private final ByteBuffer bytes;
  private final FloatBuffer floats;
  private final ShardLayout layout;
  private final long firstIndex;

  private Shard(ByteBuffer bytes, ShardLayout layout) {
    this.bytes = bytes;
    this.layout = layout;
    this.firstIndex = bytes.getLong(24);
    this.floats =
        bytes
            .slice(layout.inputs(), layout.inputBytes())
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer();
  }

  /**
   * Reads the header of a shard.
   *
   * @param bytes the whole shard, from position to limit; not copied
   * @param name what the shard is called in messages
   * @throws ObjectStoreException with reason {@code DAMAGED} when the header is not that of a shard
   *     of this size
   */
  public static Shard of(ByteBuffer bytes, String name) {
    ByteBuffer view = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    if (view.limit() < ShardLayout.HEADER_BYTES || view.getLong(0) != ShardLayout.MAGIC) {
      throw damaged(name, "it does not begin with ROTESHD1");
    }
    Encoding encoding = Encoding.forNumber(view.getInt(16));
    if (encoding == null || encoding == Encoding.ENCODING_UNSPECIFIED) {
      throw damaged(name, "unknown encoding " + view.getInt(16));
    }
    ShardLayout layout;
    try {
      layout = new ShardLayout(view.getInt(8), view.getInt(12), encoding);
    } catch (IllegalArgumentException e) {
      throw ObjectStoreException.damaged(name, String.valueOf(e.getMessage()), e);
    }
    if (layout.sizeBytes() != view.limit()) {
      throw damaged(name, "expected " + layout.sizeBytes() + " bytes, was " + view.limit());
    }
    return new Shard(view, layout);
  }

  private static ObjectStoreException damaged(String name, String what) {
    return ObjectStoreException.damaged(name, what);
  }

  /** Number of examples. */
  public int examples() {
    return layout.examples();
  }

  /** Values of one example. */
  public int values() {
    return layout.values();
  }

  /** Index of the first example in the split. */
  public long firstIndex() {
    return firstIndex;
  }

  /** Copies the input of example {@code i} of the shard, float32[V]. */
  public void input(int i, float[] out, int offset) {
    int values = layout.values();
    if (layout.encoding() == Encoding.FLOAT32) {
      floats.get(i * values, out, offset, values);
      return;
    }
    int at = layout.inputs() + i * values;
    for (int v = 0; v < values; v++) {
      out[offset + v] = Pixels.value(bytes.get(at + v));
    }
  }

  /** Label to train on. */
  public int label(int i) {
    return bytes.getInt(layout.labels() + i * Integer.BYTES);
  }

  /** Label before the corruption. */
  public int originalLabel(int i) {
    return bytes.getInt(layout.originalLabels() + i * Integer.BYTES);
  }

  /** Index of the example in its source. */
  public long sourceIndex(int i) {
    return bytes.getLong(layout.sourceIndices() + i * Long.BYTES);
  }

  /**
   * What was corrupted: {@link #INPUT_REPLACED}, {@link #LABEL_TREATED} and {@link
   * #THRESHOLD_CLASS}; and {@link #REPEATED}.
   */
  public byte mask(int i) {
    return bytes.get(layout.masks() + i);
  }
}
