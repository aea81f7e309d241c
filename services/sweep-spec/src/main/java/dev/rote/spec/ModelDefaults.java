package dev.rote.spec;

import dev.rote.v1.Cnn;
import dev.rote.v1.CriticalSamples;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.ExampleSelection;
import dev.rote.v1.Lass;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.OptimizerSpec;
import dev.rote.v1.Pgd;
import dev.rote.v1.RegularizationSpec;
import dev.rote.v1.Shape;
import dev.rote.v1.StepDecay;
import java.util.List;

/** Defaults of models, optimisers, regularisers and searches. */
final class ModelDefaults {
  private static final int CROPPED_SIDE = 32;

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
    return RegularizationSpec.newBuilder()
        .setDropout(regularization.getDropout())
        .setInputDropout(regularization.getInputDropout())
        .setInputNoise(regularization.getInputNoise())
        .setHiddenNoise(regularization.getHiddenNoise())
        .setWeightDecay(regularization.getWeightDecay())
        .build();
  }

  static CriticalSamples fill(CriticalSamples critical) {
    CriticalSamples.Builder filled = critical.toBuilder();
    filled.setExamples(
        SweepDefaults.fill(critical.getExamples(), ExampleSelection.Split.VALIDATION, 1000));
    double radius = critical.hasRadius() ? critical.getRadius() : 0.3;
    filled.setRadius(radius);
    filled.setSeed(critical.hasSeed() ? critical.getSeed() : 1);
    switch (critical.getSearchCase()) {
      case FGSM -> {}
      case PGD -> {
        Pgd pgd = critical.getPgd();
        filled.setPgd(
            Pgd.newBuilder()
                .setAlpha(pgd.hasAlpha() ? pgd.getAlpha() : radius / 4)
                .setIterations(pgd.hasIterations() ? pgd.getIterations() : 40));
      }
      case LASS, SEARCH_NOT_SET -> {
        Lass lass = critical.getLass();
        filled.setLass(
            Lass.newBuilder()
                .setAlpha(lass.hasAlpha() ? lass.getAlpha() : 0.25)
                .setBeta(lass.hasBeta() ? lass.getBeta() : 0.2)
                .setIterations(lass.hasIterations() ? lass.getIterations() : 100)
                .setStopBelow(lass.getStopBelow()));
      }
    }
    return filled.build();
  }
}
