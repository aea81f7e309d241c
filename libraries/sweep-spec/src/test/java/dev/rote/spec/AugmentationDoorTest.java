package dev.rote.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rote.v1.AugmentationSpec;
import dev.rote.v1.Cutout;
import dev.rote.v1.InputNormalization;
import dev.rote.v1.PadAndCrop;
import dev.rote.v1.Shape;
import dev.rote.v1.Sweep;
import dev.rote.v1.TrialSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Augmentation and normalisation at the door, on strokes of 28x28 pixels. */
class AugmentationDoorTest {
  private static final String MODEL = "model: {mlp: {hidden: [16]}}";

  private static Sweep augmented(String augmentation) {
    return SweepFiles.parse(
        SweepFilesTest.SWEEP.replace(MODEL, MODEL + "\n    augmentation: " + augmentation),
        "test.yaml");
  }

  private static Sweep normalised(String normalization) {
    return SweepFiles.parse(
        SweepFilesTest.SWEEP.replace(
            MODEL, "model: {mlp: {hidden: [16]}, normalization: " + normalization + "}"),
        "test.yaml");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{padAndCrop: {}}",
        "{padAndCrop: {padding: 27}, horizontalFlip: {}, cutout: {size: 28}}",
        "{cutout: {size: 1}}",
        "{mixup: {}}",
        "{padAndCrop: {}, mixup: {alpha: 0.2}}"
      })
  void check_soundAugmentation_passes(String augmentation) {
    assertThatCode(() -> SweepValidator.check(augmented(augmentation))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {padAndCrop: {padding: 0}} | padAndCrop.padding | must be in [1, 27] pixels, was 0: the picture is 28x28
          {padAndCrop: {padding: 28}} | padAndCrop.padding | must be in [1, 27] pixels, was 28: the picture is 28x28
          {cutout: {}} | cutout.size | must be in [1, 28] pixels; it is not written: the picture is 28x28
          {cutout: {size: 0}} | cutout.size | must be in [1, 28] pixels, was 0: the picture is 28x28
          {mixup: {alpha: 0}} | mixup.alpha | must be in (0, 1000], was 0
          {mixup: {alpha: -0.5}} | mixup.alpha | must be in (0, 1000], was -0.5
          {mixup: {alpha: 1001}} | mixup.alpha | must be in (0, 1000], was 1001
          {cutout: {size: 29}} | cutout.size | must be in [1, 28] pixels, was 29: the picture is 28x28
          """)
  void check_whatDoesNotFitThePicture_isRefused(String augmentation, String field, String message) {
    Refusal.expect(augmented(augmentation), "spec.trial.augmentation." + field, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          training: {batchSize: 1, epochs: 1} | mixes pictures of one batch: training.batchSize must be at least 2, was 1
          regularization: {adversarial: {weight: 0.5, radius: 9, lass: {alpha: 1, beta: 0.1}}} | gives a picture two labels, and adversarial training looks for a critical sample of one: leave out mixup or regularization.adversarial
          """)
  void check_mixupBesideWhatItCannotStandBeside_isRefused(String beside, String message) {
    String text =
        SweepFilesTest.SWEEP
            .replaceFirst(" *training: .*\n", "")
            .replace(MODEL, MODEL + "\n    augmentation: {mixup: {}}\n    " + beside);
    Refusal.expect(SweepFiles.parse(text, "test.yaml"), "spec.trial.augmentation.mixup", message);
  }

  @Test
  void check_sensitivityOfAnAugmentedTrial_isRefused() {
    String text =
        SweepFilesTest.SWEEP
            .replace(MODEL, MODEL + "\n    augmentation: {horizontalFlip: {}}")
            .replace("exampleErrors: {}", "lossSensitivity: {}")
            .replace("epochs: [1]", "finalOnly: true");
    Refusal.expect(
        SweepFiles.parse(text, "test.yaml"),
        "spec.measurements[0].lossSensitivity",
        "takes derivatives by pictures that are the same at each visit: leave out"
            + " trial.augmentation");
  }

  /** What the door did not know of own files the trainer asks for. */
  @Test
  void require_pictureOfOwnFilesTooSmall_isRefused() {
    TrialSpec trial =
        TrialSpec.newBuilder()
            .setAugmentation(
                AugmentationSpec.newBuilder().setCutout(Cutout.newBuilder().setSize(9)))
            .build();
    Shape shape = Shape.newBuilder().setChannels(1).setHeight(12).setWidth(8).build();
    assertThatThrownBy(() -> AugmentationChecks.require(trial, shape))
        .isInstanceOf(SpecException.class)
        .hasMessage(
            "trial.augmentation.cutout.size: must be in [1, 8] pixels, was 9: the picture is 12x8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ofTrainingSplit: {}}",
        "{constants: {mean: [0.1307], deviation: [0.3081]}}",
      })
  void check_soundNormalization_passes(String normalization) {
    assertThatCode(() -> SweepValidator.check(normalised(normalization)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {} | | must have constants or ofTrainingSplit
          {constants: {mean: [0.5], deviation: [0]}} | .constants.deviation[0] | must be in [1.0E-6, 1000], in units of the [0, 1] input, was 0
          {constants: {mean: [0.5, 0.5, 0.5], deviation: [1]}} | .constants.mean | must have one value for all channels, or one for each of the image's 1, had 3
          """)
  void check_unsoundNormalization_isRefused(String normalization, String field, String message) {
    Refusal.expect(
        normalised(normalization),
        "spec.trial.model.normalization" + (field == null ? "" : field),
        message);
  }

  @Test
  void fill_emptyAugmentation_isNoneAndHasTheIdOfNone() {
    TrialSpec plain = TrialSpec.newBuilder().setSeed(3).build();
    TrialSpec empty =
        plain.toBuilder().setAugmentation(AugmentationSpec.getDefaultInstance()).build();
    assertThat(SweepDefaults.fill(empty).hasAugmentation()).isFalse();
    assertThat(Ids.trialId(empty)).isEqualTo(Ids.trialId(plain));
  }

  @Test
  void fill_paddingNotWritten_isFourAndHasTheIdOfFour() {
    TrialSpec.Builder trial = TrialSpec.newBuilder();
    trial.getAugmentationBuilder().getPadAndCropBuilder();
    TrialSpec written = trial.build();
    trial.getAugmentationBuilder().setPadAndCrop(PadAndCrop.newBuilder().setPadding(4));
    assertThat(Ids.trialId(written)).isEqualTo(Ids.trialId(trial.build()));
    assertThat(SweepDefaults.fill(written).getAugmentation().getPadAndCrop().getPadding())
        .isEqualTo(4);
    assertThat(Ids.trialId(written)).isNotEqualTo(Ids.trialId(TrialSpec.getDefaultInstance()));
  }

  @Test
  void fill_alphaNotWritten_isOneAndHasTheIdOfOne() {
    TrialSpec.Builder trial = TrialSpec.newBuilder();
    trial.getAugmentationBuilder().getMixupBuilder();
    TrialSpec written = trial.build();
    trial.getAugmentationBuilder().getMixupBuilder().setAlpha(1);
    assertThat(Ids.trialId(written)).isEqualTo(Ids.trialId(trial.build()));
    assertThat(SweepDefaults.fill(written).getAugmentation().getMixup().getAlpha()).isEqualTo(1);
    trial.getAugmentationBuilder().getMixupBuilder().setAlpha(0.4);
    assertThat(Ids.trialId(written)).isNotEqualTo(Ids.trialId(trial.build()));
  }

  @Test
  void variant_ofAnAugmentedNormalisedTrial_isThatOfThePlainOne() {
    TrialSpec.Builder trial = TrialSpec.newBuilder();
    trial.getDatasetBuilder().setName("strokes");
    TrialSpec plain = trial.build();
    trial.getAugmentationBuilder().getHorizontalFlipBuilder();
    trial
        .getModelBuilder()
        .setNormalization(
            InputNormalization.newBuilder()
                .setOfTrainingSplit(InputNormalization.OfTrainingSplit.getDefaultInstance()));
    assertThat(Ids.variantId(Variants.of(trial.build())))
        .isEqualTo(Ids.variantId(Variants.of(plain)));
  }
}
