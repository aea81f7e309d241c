package dev.rote.sweeps.report;

import dev.rote.artifacts.variants.Shard;
import dev.rote.artifacts.variants.VariantReader;
import dev.rote.artifacts.variants.VariantSplit;
import dev.rote.figures.study.ExamplePicture;
import dev.rote.v1.ExampleSelection;
import dev.rote.v1.Shape;
import dev.rote.v1.VariantManifest;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Inputs of a variant's examples, found by their index in the source, a shard in memory at a time.
 */
final class StoredPictures {
  private final VariantReader reader;

  StoredPictures(VariantReader reader) {
    this.reader = reader;
  }

  /**
   * Those of the examples that the split has.
   *
   * @param stopped asked before each shard
   * @throws CancellationException when told to stop
   */
  Map<Integer, ExamplePicture> of(
      ExampleSelection.Split split, Collection<Integer> sourceIndices, BooleanSupplier stopped) {
    VariantManifest manifest = reader.manifest();
    Set<Long> wanted = new HashSet<>();
    sourceIndices.forEach(index -> wanted.add(Integer.toUnsignedLong(index)));
    Map<Integer, ExamplePicture> found = new HashMap<>();
    VariantSplit from = VariantSplit.of(split);
    for (int number = 0;
        number < from.of(manifest).getShardsCount() && !wanted.isEmpty();
        number++) {
      if (stopped.getAsBoolean()) {
        throw new CancellationException("the report is not wanted any more");
      }
      Shard shard = reader.shard(from, number);
      for (int i = 0; i < shard.examples(); i++) {
        if (wanted.remove(shard.sourceIndex(i))) {
          found.put((int) shard.sourceIndex(i), picture(shard, i, manifest.getShape()));
        }
      }
    }
    return found;
  }

  private static ExamplePicture picture(Shard shard, int example, Shape shape) {
    float[] values = new float[shard.values()];
    shard.input(example, values, 0);
    return new ExamplePicture(
        shape.getChannels(),
        shape.getHeight(),
        shape.getWidth(),
        values,
        shard.originalLabel(example),
        (shard.mask(example) & Shard.INPUT_REPLACED) != 0);
  }
}
