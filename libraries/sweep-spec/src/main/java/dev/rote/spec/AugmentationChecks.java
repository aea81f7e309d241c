package dev.rote.spec;

import dev.rote.v1.AugmentationSpec;
import dev.rote.v1.Cutout;
import dev.rote.v1.Mixup;
import dev.rote.v1.PadAndCrop;
import dev.rote.v1.Shape;
import dev.rote.v1.TrialSpec;

/** Defaults and bounds of what becomes of training pictures. */
public final class AugmentationChecks {
  private static final int PADDING = 4;
  private static final int LARGEST_SIDE = 1 << 16;
  private static final double ALPHA = 1;
  private static final double LARGEST_ALPHA = 1000;

  private AugmentationChecks() {}

  /** Fills in defaults; accepts what is not valid yet. */
  static AugmentationSpec fill(AugmentationSpec augmentation) {
    AugmentationSpec.Builder filled = augmentation.toBuilder();
    if (augmentation.hasPadAndCrop() && !augmentation.getPadAndCrop().hasPadding()) {
      filled.setPadAndCrop(PadAndCrop.newBuilder().setPadding(PADDING));
    }
    if (augmentation.hasMixup() && !augmentation.getMixup().hasAlpha()) {
      filled.setMixup(Mixup.newBuilder().setAlpha(ALPHA));
    }
    return filled.build();
  }

  /** Whether nothing becomes of pictures. */
  static boolean isNone(AugmentationSpec augmentation) {
    return augmentation.equals(AugmentationSpec.getDefaultInstance());
  }

  /**
   * Checks the bounds.
   *
   * @param augmentation all defaults filled in
   * @param shape of one example; all zero where only the files tell
   */
  static void check(Checks checks, AugmentationSpec augmentation, Shape shape) {
    int side = Math.min(shape.getHeight(), shape.getWidth());
    int known = side == 0 ? LARGEST_SIDE : side;
    String of = side == 0 ? "" : ": the picture is " + shape.getHeight() + "x" + shape.getWidth();
    if (augmentation.hasPadAndCrop()) {
      within(
          checks, "padAndCrop.padding", augmentation.getPadAndCrop().getPadding(), known - 1, of);
    }
    if (augmentation.hasCutout()) {
      Cutout cutout = augmentation.getCutout();
      if (cutout.hasSize()) {
        within(checks, "cutout.size", cutout.getSize(), known, of);
      } else {
        checks.violate(
            "cutout.size", "must be in [1, " + known + "] pixels; it is not written" + of);
      }
    }
  }

  /**
   * Checks what mixup cannot stand beside.
   *
   * @param checks of the trial
   * @param trial all defaults filled in
   */
  static void checkMixup(Checks checks, TrialSpec trial) {
    if (!trial.getAugmentation().hasMixup()) {
      return;
    }
    double alpha = trial.getAugmentation().getMixup().getAlpha();
    checks.require(
        alpha > 0 && alpha <= LARGEST_ALPHA,
        "augmentation.mixup.alpha",
        "must be in (0, 1000], was " + TreeReader.number(alpha));
    checks.require(
        !trial.getRegularization().hasAdversarial(),
        "augmentation.mixup",
        "gives a picture two labels, and adversarial training looks for a critical sample of one:"
            + " leave out mixup or regularization.adversarial");
    checks.require(
        trial.getTraining().getBatchSize() != 1,
        "augmentation.mixup",
        "mixes pictures of one batch: training.batchSize must be at least 2, was 1");
  }

  private static void within(Checks checks, String field, int unsigned, int high, String of) {
    long value = Integer.toUnsignedLong(unsigned);
    checks.require(
        value >= 1 && value <= high,
        field,
        high < 1
            ? "must be left out" + of
            : "must be in [1, " + high + "] pixels, was " + value + of);
  }

  /**
   * Requires that the augmentation of a trial fits its pictures, whose shape the door may not have
   * known.
   *
   * @param trial all defaults filled in
   * @throws SpecException if it does not
   */
  public static void require(TrialSpec trial, Shape shape) {
    Checks checks = Checks.at("trial.augmentation");
    check(checks, trial.getAugmentation(), shape);
    checks.throwIfAny();
  }
}
