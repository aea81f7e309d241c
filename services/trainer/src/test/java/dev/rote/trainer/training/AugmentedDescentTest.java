package dev.rote.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.agreement.EngineUnderTest;
import dev.rote.networks.Network;
import dev.rote.networks.StepSettings;
import dev.rote.networks.Targets;
import dev.rote.recipes.Batches;
import dev.rote.recipes.augmentation.Augmentation;
import dev.rote.recipes.augmentation.Mixing;
import dev.rote.spec.SweepDefaults;
import dev.rote.v1.InputNormalization;
import dev.rote.v1.TrialSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a step of an augmented trial takes. */
class AugmentedDescentTest {
  private static final int SIDE = 8;

  private static TrialSpec.Builder spec(boolean adversarial) {
    TrialSpec.Builder spec = TrialSpec.newBuilder().setSeed(7);
    spec.getDatasetBuilder().setName("strokes");
    spec.getModelBuilder().getMlpBuilder().addHidden(12);
    spec.getModelBuilder()
        .setNormalization(
            InputNormalization.newBuilder()
                .setOfTrainingSplit(InputNormalization.OfTrainingSplit.getDefaultInstance()));
    spec.getAugmentationBuilder().getPadAndCropBuilder().setPadding(2);
    spec.getAugmentationBuilder().getHorizontalFlipBuilder();
    spec.getAugmentationBuilder().getCutoutBuilder().setSize(3);
    spec.getTrainingBuilder().setEpochs(3).setBatchSize(13);
    if (adversarial) {
      spec.getRegularizationBuilder().getAdversarialBuilder().setWeight(0.4).setRadius(30);
      spec.getRegularizationBuilder()
          .getAdversarialBuilder()
          .getLassBuilder()
          .setAlpha(12)
          .setBeta(4);
    }
    return spec;
  }

  private static Trial trial(TrialSpec.Builder spec) {
    return new Trial(
        "trial",
        "variant",
        SweepDefaults.fill(spec.build()),
        MadeExamples.images(100, SIDE, 3, "train"),
        MadeExamples.images(40, SIDE, 3, "validation"));
  }

  private static Network network(Trial trial) throws StoppedException {
    Network network = EngineUnderTest.open().create(trial.blueprint(), 1);
    network.initialize(7, trial.spec().getModel().getInitialization());
    InputStatistics.write(network, trial.spec().getModel(), trial.train(), () -> false);
    return network;
  }

  private static float[] values(Network network, int tensor) {
    float[] values = new float[network.state().entries().get(tensor).length()];
    network.read(tensor, values);
    return values;
  }

  /** A mixed batch is augmented before, and has the labels and shares of both pictures. */
  @Test
  void step_mixed_isAStepOnMixedPicturesWithTwoLabels() throws StoppedException {
    TrialSpec.Builder spec = spec(false);
    spec.getAugmentationBuilder().getMixupBuilder().setAlpha(0.4);
    Trial trial = trial(spec);
    int length = SIDE * SIDE;
    try (Network expected = network(trial);
        Network actual = network(trial)) {
      float[] blank = values(expected, 0);
      Descent descent = new Descent(trial, actual, Trace.NONE);
      Batches batches = Batches.of(trial.spec(), 100);
      Augmentation augmentation = Augmentation.of(trial.spec(), trial.train().shape(), 100, blank);
      Mixing mixing = Mixing.of(trial.spec(), length).orElseThrow();
      /* In another order: a step depends on its number and the network alone. */
      for (long step : new long[] {7, 3, 15, 0, 8}) {
        int[] indices = new int[13];
        int n = batches.take(step, indices);
        float[] pictures = new float[n * length];
        trial.train().inputs(indices, n, pictures);
        augmentation.apply(step, indices, n, pictures);
        int[] labels = new int[2 * n];
        for (int i = 0; i < n; i++) {
          labels[i] = trial.train().label(indices[i]);
        }
        double[] shares = mixing.apply(step, n, pictures, labels);
        StepSettings settings =
            new StepSettings(0.01, 0, trial.spec().getRegularization(), 7, step);
        double loss = expected.step(pictures, new Targets(labels, shares, n, 2), settings);
        assertThat(descent.step(step)).isEqualTo(loss);
      }
      for (int t = 0; t < expected.tensors().size(); t++) {
        assertThat(values(actual, t)).containsExactly(values(expected, t));
      }
    }
  }

  /** The picture comes first, critical samples are sought around it, then comes the step. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void step_augmented_isAStepOnTheChangedPictures(boolean adversarial) throws StoppedException {
    Trial trial = trial(spec(adversarial));
    int length = SIDE * SIDE;
    try (Network expected = network(trial);
        Network actual = network(trial)) {
      float[] blank = values(expected, 0);
      Descent descent = new Descent(trial, actual, Trace.NONE);
      Batches batches = Batches.of(trial.spec(), 100);
      Augmentation augmentation = Augmentation.of(trial.spec(), trial.train().shape(), 100, blank);
      for (long step = 0; step < 10; step++) {
        int[] indices = new int[13];
        int n = batches.take(step, indices);
        float[] pictures = new float[2 * n * length];
        trial.train().inputs(indices, n, pictures);
        augmentation.apply(step, indices, n, pictures);
        int[] labels = new int[2 * n];
        for (int i = 0; i < n; i++) {
          labels[i] = trial.train().label(indices[i]);
        }
        StepSettings settings =
            new StepSettings(0.01, 0, trial.spec().getRegularization(), 7, step);
        double loss;
        if (adversarial) {
          CriticalHalf half =
              new CriticalHalf(expected, trial.spec().getRegularization().getAdversarial(), 7, 13);
          half.append(pictures, labels, n, step);
          loss = expected.step(pictures, labels, half.weights(n), 2 * n, settings);
        } else {
          loss = expected.step(pictures, labels, n, settings);
        }
        assertThat(descent.step(step)).isEqualTo(loss);
      }
      for (int t = 0; t < expected.tensors().size(); t++) {
        assertThat(values(actual, t)).containsExactly(values(expected, t));
      }
    }
  }
}
