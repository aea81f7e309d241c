package dev.rote.spec;

import dev.rote.v1.DatasetSpec;
import dev.rote.v1.LabelCorruption;
import dev.rote.v1.VariantSpec;
import java.util.HashMap;
import java.util.Map;

/** What was found out of the data of a sweep. */
public final class KnownData {
  /** Nothing. */
  public static final KnownData NONE = new KnownData(Map.of());

  private final Map<Data, DataOutline> outlines = new HashMap<>();

  /** What shape and classes depend on: not on how much is corrupted. */
  record Data(DatasetSpec dataset, boolean unique, boolean threshold) {
    static Data of(VariantSpec variant) {
      return new Data(
          variant.getDataset(),
          variant.getCorruption().getLabels().getRule() == LabelCorruption.Rule.UNIQUE,
          variant.getCorruption().hasThresholdClass());
    }
  }

  /**
   * @param outlines of some variants
   */
  public KnownData(Map<VariantSpec, DataOutline> outlines) {
    outlines.forEach((variant, outline) -> this.outlines.putIfAbsent(Data.of(variant), outline));
  }

  /** Of a variant, or of one that differs from it in how much is corrupted at most. */
  public DataOutline of(VariantSpec variant) {
    return outlines.getOrDefault(Data.of(variant), DataOutline.unknown());
  }
}
