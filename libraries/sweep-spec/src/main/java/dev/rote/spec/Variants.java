package dev.rote.spec;

import dev.rote.v1.TrialSpec;
import dev.rote.v1.VariantSpec;

/** The variant that a trial trains on. */
public final class Variants {
  private Variants() {}

  /** Dataset and corruption of a trial, defaults filled in. */
  public static VariantSpec of(TrialSpec trial) {
    VariantSpec.Builder variant = VariantSpec.newBuilder().setDataset(trial.getDataset());
    if (trial.hasCorruption()) {
      variant.setCorruption(trial.getCorruption());
    }
    return SweepDefaults.fill(variant.build());
  }
}
