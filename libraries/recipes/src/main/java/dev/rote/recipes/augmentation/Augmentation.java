package dev.rote.recipes.augmentation;

import dev.rote.recipes.Schedule;
import dev.rote.v1.AugmentationSpec;
import dev.rote.v1.Shape;
import dev.rote.v1.TrainingSpec.Sampling;
import dev.rote.v1.TrialSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The changes of a trial's training pictures, in the order in which scripts of torchvision write
 * them: the shifted window, then the mirror, then the covered square.
 *
 * <p>The address of a visit is (epoch, example) where each epoch takes every example once, and
 * (step, place in the batch) where batches are drawn with replacement, since an epoch may visit an
 * example twice there. Keeps room to work in: not for several threads at once.
 */
public final class Augmentation {
  private final List<PictureChange> changes;
  private final Schedule schedule;
  private final boolean byPlace;
  private final int length;

  private Augmentation(List<PictureChange> changes, Schedule schedule, int length) {
    this.changes = List.copyOf(changes);
    this.schedule = schedule;
    this.byPlace = schedule.training().getSampling() == Sampling.WITH_REPLACEMENT;
    this.length = length;
  }

  /**
   * The augmentation of a trial; does nothing if it has none.
   *
   * @param trial all defaults filled in
   * @param shape of one picture, into which the changes fit
   * @param examples N of the training split, at least 1
   * @param blank float32[C]: what the network sees as 0 in each channel
   */
  public static Augmentation of(TrialSpec trial, Shape shape, int examples, float[] blank) {
    AugmentationSpec spec = trial.getAugmentation();
    List<PictureChange> changes = new ArrayList<>();
    if (spec.hasPadAndCrop()) {
      changes.add(new ShiftedWindow(trial.getSeed(), shape, spec.getPadAndCrop().getPadding()));
    }
    if (spec.hasHorizontalFlip()) {
      changes.add(new Mirror(trial.getSeed(), shape));
    }
    if (spec.hasCutout()) {
      changes.add(new CoveredSquare(trial.getSeed(), shape, spec.getCutout().getSize(), blank));
    }
    int length = shape.getChannels() * shape.getHeight() * shape.getWidth();
    return new Augmentation(changes, Schedule.of(trial, examples), length);
  }

  /**
   * Changes the pictures of a step in place.
   *
   * @param step from 0
   * @param indices int32[at least n]: the examples that the step takes
   * @param pictures float32[n, C, H, W] or longer
   */
  public void apply(long step, int[] indices, int n, float[] pictures) {
    long major = byPlace ? step : schedule.epochOf(step);
    for (int i = 0; i < n; i++) {
      for (PictureChange change : changes) {
        change.apply(pictures, i * length, major, byPlace ? i : indices[i]);
      }
    }
  }
}
