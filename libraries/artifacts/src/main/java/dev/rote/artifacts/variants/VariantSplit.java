package dev.rote.artifacts.variants;

import dev.rote.v1.ExampleSelection;
import dev.rote.v1.SplitManifest;
import dev.rote.v1.VariantManifest;

/** A split of a variant. */
public enum VariantSplit {
  TRAIN("train"),
  VALIDATION("validation");

  private final String key;

  VariantSplit(String key) {
    this.key = key;
  }

  /** The split's part of an object key. */
  public String key() {
    return key;
  }

  /** The split of a request; an unset one is the validation split. */
  public static VariantSplit of(ExampleSelection.Split split) {
    return split == ExampleSelection.Split.TRAINING ? TRAIN : VALIDATION;
  }

  /** The name of this split in requests. */
  public ExampleSelection.Split selection() {
    return this == TRAIN ? ExampleSelection.Split.TRAINING : ExampleSelection.Split.VALIDATION;
  }

  /** What the manifest says of this split. */
  public SplitManifest of(VariantManifest manifest) {
    return this == TRAIN ? manifest.getTrain() : manifest.getValidation();
  }
}
