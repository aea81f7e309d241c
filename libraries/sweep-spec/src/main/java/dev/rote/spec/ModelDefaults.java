package dev.rote.spec;

import dev.rote.v1.AdversarialTraining;
import dev.rote.v1.Cnn;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.OptimizerSpec;
import dev.rote.v1.RegularizationSpec;
import dev.rote.v1.Shape;
import dev.rote.v1.StepDecay;
import java.util.List;

/** Defaults of models, optimisers and regularisers. */
final class ModelDefaults {
  private static final int CROPPED_SIDE = 32;
  private static final int TRAINING_ITERATIONS = 10;

  private ModelDefaults() {}

  static ModelSpec fill(ModelSpec model, DatasetSpec dataset) {
    ModelSpec.Builder filled = model.toBuilder();
    if (!model.hasInitialization()) {
      filled.setInitialization(ModelSpec.Initialization.GLOROT_UNIFORM);
    }
    if (model.hasCnn()) {
      filled.setCnn(fill(model.getCnn(), dataset));
    }
    return filled.build();
  }

  private static Cnn fill(Cnn cnn, DatasetSpec dataset) {
    Cnn.Builder filled = cnn.toBuilder();
    boolean same = cnn.getPadding() == Cnn.Padding.SAME;
    Shape shape =
        DatasetFacts.named(dataset.getName())
            .map(DatasetFacts::shape)
            .orElse(Shape.getDefaultInstance());
    boolean large = shape.getHeight() == CROPPED_SIDE && dataset.getPooling() < 2;
    filled.setCrop(cnn.hasCrop() ? cnn.getCrop() : large ? 2 : 0);
    if (cnn.getFiltersCount() == 0) {
      filled.addAllFilters(List.of(200, 200));
    }
    filled.setKernel(cnn.hasKernel() ? cnn.getKernel() : 5);
    filled.setPadding(same ? Cnn.Padding.SAME : Cnn.Padding.VALID);
    filled.setPool(cnn.hasPool() ? cnn.getPool() : 3);
    filled.setPoolStride(cnn.hasPoolStride() ? cnn.getPoolStride() : same ? 2 : 3);
    if (cnn.getDenseCount() == 0) {
      filled.addAllDense(List.of(384, 192));
    }
    return filled.build();
  }

  static OptimizerSpec fill(OptimizerSpec optimizer) {
    OptimizerSpec.Builder filled = optimizer.toBuilder();
    filled.setLearningRate(optimizer.hasLearningRate() ? optimizer.getLearningRate() : 0.01);
    filled.setMomentum(optimizer.getMomentum());
    if (optimizer.hasStepDecay()) {
      StepDecay decay = optimizer.getStepDecay();
      filled.setStepDecay(
          StepDecay.newBuilder()
              .setFactor(decay.hasFactor() ? decay.getFactor() : 0.5)
              .setEveryEpochs(decay.hasEveryEpochs() ? decay.getEveryEpochs() : 15));
    }
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
      filled.setAdversarial(
          adversarial.toBuilder()
              .setRadius(
                  adversarial.hasRadius() ? adversarial.getRadius() : CriticalSamplesKind.RADIUS)
              .setLass(CriticalSamplesKind.fill(adversarial.getLass(), TRAINING_ITERATIONS)));
    }
    return filled.build();
  }
}
