package dev.rote.corruption.formats;

import dev.rote.corruption.datasets.ExampleSource;
import dev.rote.corruption.datasets.ImageShape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Examples of files of a user's own, laid down with random access. */
public final class PackedSource implements ExampleSource {
  private final Packed packed;
  private final Classes classes;
  private final @Nullable Scaling scaling;

  /**
   * @param packed closed with the source
   * @param scaling null: inputs are as they are stored
   */
  public PackedSource(Packed packed, Classes classes, @Nullable Scaling scaling) {
    this.packed = packed;
    this.classes = classes;
    this.scaling = scaling;
  }

  @Override
  public long size() {
    return packed.size();
  }

  @Override
  public int classes() {
    return classes.names().size();
  }

  @Override
  public List<String> classNames() {
    return classes.names();
  }

  @Override
  public ImageShape shape() {
    return packed.shape();
  }

  @Override
  public boolean isLevels() {
    return packed.isLevels();
  }

  @Override
  public void read(long index, byte[] levels) {
    packed.read(index, levels);
  }

  @Override
  public void read(long index, float[] numbers) {
    packed.read(index, numbers);
    if (scaling != null) {
      scaling.apply(numbers);
    }
  }

  @Override
  public int label(long index) {
    return classes.of(packed, index);
  }

  @Override
  public void close() {
    packed.close();
  }
}
