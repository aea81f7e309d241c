package dev.rote.spec;

import dev.rote.blueprint.Models;
import dev.rote.v1.AdversarialTraining;
import dev.rote.v1.CriticalSamples;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.RegularizationSpec;

/** Defaults of models and regularisers. */
final class ModelDefaults {
  private static final int TRAINING_ITERATIONS = 10;

  private ModelDefaults() {}

  static ModelSpec fill(ModelSpec model, DatasetSpec dataset) {
    ModelSpec.Builder filled = model.toBuilder();
    if (!model.hasInitialization()) {
      filled.setInitialization(ModelSpec.Initialization.GLOROT_UNIFORM);
    }
    Models.fill(filled, DatasetFacts.shapeOf(dataset));
    return filled.build();
  }

  static RegularizationSpec fill(RegularizationSpec regularization) {
    RegularizationSpec.Builder filled =
        RegularizationSpec.newBuilder()
            .setDropout(regularization.getDropout())
            .setInputDropout(regularization.getInputDropout())
            .setInputNoise(regularization.getInputNoise())
            .setHiddenNoise(regularization.getHiddenNoise())
            .setWeightDecay(regularization.getWeightDecay());
    if (regularization.hasAdversarial()) {
      AdversarialTraining adversarial = regularization.getAdversarial();
      AdversarialTraining.Builder written = adversarial.toBuilder();
      if (adversarial.getUnit() == CriticalSamples.Unit.GREY_LEVELS) {
        written.clearUnit();
      }
      filled.setAdversarial(
          written
              .setRadius(
                  adversarial.hasRadius() ? adversarial.getRadius() : CriticalSamplesKind.RADIUS)
              .setLass(CriticalSamplesKind.fill(adversarial.getLass(), TRAINING_ITERATIONS)));
    }
    return filled.build();
  }
}
