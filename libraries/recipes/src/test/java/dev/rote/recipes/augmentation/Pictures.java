package dev.rote.recipes.augmentation;

import dev.rote.v1.AugmentationSpec;
import dev.rote.v1.Cutout;
import dev.rote.v1.HorizontalFlip;
import dev.rote.v1.Mixup;
import dev.rote.v1.PadAndCrop;
import dev.rote.v1.Shape;
import dev.rote.v1.TrainingSpec;
import dev.rote.v1.TrialSpec;

/** Pictures of which every pixel is unlike all others, and trials that change them. */
final class Pictures {
  static final int EXAMPLES = 50;
  static final Shape SHAPE = Shape.newBuilder().setChannels(2).setHeight(5).setWidth(6).build();
  static final int LENGTH = 2 * 5 * 6;
  static final float[] BLANK = {0.25f, 0.75f};

  private Pictures() {}

  /** Value of a pixel of an example, above 0. */
  static float value(int example, int channel, int row, int column) {
    return 1 + example + channel / 2f + row / 16f + column / 128f;
  }

  /** float32[n, C, H, W] of examples. */
  static float[] of(int[] indices, int n) {
    float[] pictures = new float[n * LENGTH];
    for (int i = 0; i < n; i++) {
      for (int at = 0; at < LENGTH; at++) {
        pictures[i * LENGTH + at] = value(indices[i], at / 30, at / 6 % 5, at % 6);
      }
    }
    return pictures;
  }

  static AugmentationSpec.Builder crop(int padding) {
    return AugmentationSpec.newBuilder().setPadAndCrop(PadAndCrop.newBuilder().setPadding(padding));
  }

  static AugmentationSpec.Builder flip() {
    return AugmentationSpec.newBuilder().setHorizontalFlip(HorizontalFlip.getDefaultInstance());
  }

  static AugmentationSpec.Builder cutout(int size) {
    return AugmentationSpec.newBuilder().setCutout(Cutout.newBuilder().setSize(size));
  }

  static AugmentationSpec.Builder mixup(double alpha) {
    return AugmentationSpec.newBuilder().setMixup(Mixup.newBuilder().setAlpha(alpha));
  }

  static TrialSpec.Builder trial(AugmentationSpec.Builder augmentation, int batchSize) {
    return TrialSpec.newBuilder()
        .setTraining(TrainingSpec.newBuilder().setEpochs(40).setBatchSize(batchSize))
        .setAugmentation(augmentation)
        .setSeed(7);
  }

  static Augmentation augmentation(TrialSpec trial) {
    return Augmentation.of(trial, SHAPE, EXAMPLES, BLANK);
  }
}
