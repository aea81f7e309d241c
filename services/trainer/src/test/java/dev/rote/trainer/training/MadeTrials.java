package dev.rote.trainer.training;

import dev.rote.spec.SweepDefaults;
import dev.rote.spec.SweepFiles;
import dev.rote.v1.AdversarialTraining;
import dev.rote.v1.Cnn;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.InputNormalization;
import dev.rote.v1.Lass;
import dev.rote.v1.Mlp;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.OptimizerSpec;
import dev.rote.v1.RegularizationSpec;
import dev.rote.v1.TrainingSpec;
import dev.rote.v1.TrialSpec;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Specifications of trials on made data, small and with every regulariser. */
final class MadeTrials {
  private static final ModelSpec RESIDUAL =
      SweepFiles.parse(
              """
              apiVersion: rote.dev/v1
              kind: Sweep
              metadata: {name: residual}
              spec:
                trial:
                  model:
                    graph:
                      nodes:
                      - {name: conv1, convolution: {filters: 4, kernel: 3, padding: SAME, stride: 2}}
                      - {name: norm1, batchNorm: {}}
                      - {name: relu1, relu: {}}
                      - {name: conv2, convolution: {filters: 4, kernel: 3, padding: SAME}}
                      - {name: norm2, batchNorm: {}}
                      - {name: noise, noise: {}}
                      - {name: sum, inputs: [noise, relu1], add: {}}
                      - {name: relu2, relu: {}}
                      - {name: flat, flatten: {}}
                      - {name: dropout, dropout: {rate: 0.2}}
                      - {name: logits, dense: {}}
                    initialization: PYTORCH_DEFAULT
              """,
              "residual.yaml")
          .getSpec()
          .getTrial()
          .getModel();
  private static final AtomicInteger NUMBER = new AtomicInteger();

  /** Networks that runs are made with. */
  enum Kind {
    MLP,
    CNN,
    RESIDUAL
  }

  private MadeTrials() {}

  private static ModelSpec model(Kind kind) {
    return switch (kind) {
      case MLP ->
          ModelSpec.newBuilder().setMlp(Mlp.newBuilder().addHidden(12).addHidden(9)).build();
      case CNN ->
          ModelSpec.newBuilder()
              .setCnn(
                  Cnn.newBuilder()
                      .addAllFilters(List.of(3, 4))
                      .setKernel(3)
                      .setPadding(Cnn.Padding.SAME)
                      .setPool(2)
                      .addAllDense(List.of(8, 6)))
              .build();
      case RESIDUAL -> RESIDUAL;
    };
  }

  static TrialSpec.Builder spec(Kind kind) {
    return TrialSpec.newBuilder()
        .setDataset(DatasetSpec.newBuilder().setName("strokes"))
        .setModel(model(kind))
        .setOptimizer(OptimizerSpec.newBuilder().setLearningRate(0.05).setMomentum(0.9))
        .setRegularization(
            RegularizationSpec.newBuilder()
                .setDropout(0.2)
                .setHiddenNoise(0.1)
                .setInputDropout(0.1)
                .setInputNoise(0.1)
                .setWeightDecay(0.001))
        .setTraining(TrainingSpec.newBuilder().setEpochs(4).setBatchSize(13))
        .setSeed(7);
  }

  static TrialSpec.Builder adversarial(TrialSpec.Builder spec) {
    spec.getRegularizationBuilder()
        .setAdversarial(
            AdversarialTraining.newBuilder()
                .setWeight(0.4)
                .setRadius(30)
                .setLass(Lass.newBuilder().setAlpha(12).setBeta(4)));
    return spec;
  }

  static TrialSpec.Builder augmented(TrialSpec.Builder spec) {
    spec.getAugmentationBuilder().getPadAndCropBuilder().setPadding(2);
    spec.getAugmentationBuilder().getHorizontalFlipBuilder();
    spec.getAugmentationBuilder().getCutoutBuilder().setSize(3);
    spec.getModelBuilder()
        .setNormalization(
            InputNormalization.newBuilder()
                .setOfTrainingSplit(InputNormalization.OfTrainingSplit.getDefaultInstance()));
    return spec;
  }

  static TrialSpec.Builder mixed(TrialSpec.Builder spec) {
    augmented(spec).getAugmentationBuilder().getMixupBuilder().setAlpha(0.4);
    spec.getLossBuilder().getSquaredErrorBuilder();
    return spec;
  }

  static TrialSpec.Builder milestones(TrialSpec.Builder spec) {
    augmented(spec).getAugmentationBuilder().getMixupBuilder();
    spec.getOptimizerBuilder().setNesterov(true);
    spec.getOptimizerBuilder().getMilestonesBuilder().addMilestones(2).setGamma(0.1);
    return spec;
  }

  static TrialSpec.Builder adam(TrialSpec.Builder spec) {
    spec.getOptimizerBuilder().clearMomentum().setLearningRate(0.01).getAdamBuilder();
    spec.getOptimizerBuilder().getCosineDecayBuilder();
    spec.getOptimizerBuilder().getWarmupBuilder().setSteps(5);
    spec.getLossBuilder().getSquaredErrorBuilder();
    return spec;
  }

  static TrialSpec.Builder adamw(TrialSpec.Builder spec) {
    spec.getRegularizationBuilder().clearWeightDecay();
    spec.getOptimizerBuilder().clearMomentum().setLearningRate(0.01).setClipNorm(0.5);
    spec.getOptimizerBuilder().getAdamwBuilder();
    spec.getOptimizerBuilder().getOneCycleBuilder();
    return spec;
  }

  static TrialSpec.Builder nesterov(TrialSpec.Builder spec) {
    spec.getOptimizerBuilder().setNesterov(true).getTriangleBuilder();
    spec.getLossBuilder().getCrossEntropyBuilder().setLabelSmoothing(0.1);
    return spec;
  }

  static Trial trial(TrialSpec.Builder spec) {
    TrialSpec filled = SweepDefaults.fill(spec.build());
    boolean images = !filled.getModel().hasMlp();
    return new Trial(
        "trial" + NUMBER.incrementAndGet(),
        "variant",
        filled,
        images ? MadeExamples.images(100, 8, 3, "train") : MadeExamples.flat(100, 10, 3, "train"),
        images
            ? MadeExamples.images(40, 8, 3, "validation")
            : MadeExamples.flat(40, 10, 3, "validation"));
  }
}
