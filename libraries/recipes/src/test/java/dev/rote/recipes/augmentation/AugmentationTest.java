package dev.rote.recipes.augmentation;

import static dev.rote.recipes.augmentation.Pictures.EXAMPLES;
import static dev.rote.recipes.augmentation.Pictures.LENGTH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.recipes.Batches;
import dev.rote.v1.AugmentationSpec;
import dev.rote.v1.TrainingSpec.Sampling;
import dev.rote.v1.TrialSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Which picture a visit sees. */
class AugmentationTest {
  private static AugmentationSpec.Builder everything() {
    return Pictures.crop(2)
        .mergeFrom(Pictures.flip().build())
        .mergeFrom(Pictures.cutout(2).build());
  }

  /** Of each example the picture that an epoch shows of it. */
  private static Map<Integer, List<Float>> epoch(TrialSpec trial, int epoch) {
    Batches batches = Batches.of(trial, EXAMPLES);
    Augmentation augmentation = Pictures.augmentation(trial);
    int[] indices = new int[batches.largest()];
    int steps = (EXAMPLES + batches.largest() - 1) / batches.largest();
    Map<Integer, List<Float>> seen = new HashMap<>();
    for (long step = (long) steps * (epoch - 1); step < (long) steps * epoch; step++) {
      int n = batches.take(step, indices);
      float[] pictures = Pictures.of(indices, n);
      augmentation.apply(step, indices, n, pictures);
      for (int i = 0; i < n; i++) {
        seen.put(indices[i], picture(pictures, i));
      }
    }
    return seen;
  }

  private static List<Float> picture(float[] pictures, int i) {
    return IntStream.range(i * LENGTH, (i + 1) * LENGTH).mapToObj(at -> pictures[at]).toList();
  }

  @Test
  void apply_otherBatchSizes_samePictureOfEachExampleInAnEpoch() {
    Map<Integer, List<Float>> ofTwenty = epoch(Pictures.trial(everything(), 20).build(), 3);
    assertThat(ofTwenty).hasSize(EXAMPLES);
    for (int size : new int[] {1, 7, EXAMPLES}) {
      assertThat(epoch(Pictures.trial(everything(), size).build(), 3)).isEqualTo(ofTwenty);
    }
  }

  @Test
  void apply_otherEpochOrSeed_otherPictures() {
    TrialSpec trial = Pictures.trial(everything(), 20).build();
    Map<Integer, List<Float>> first = epoch(trial, 1);
    assertThat(epoch(trial, 1)).isEqualTo(first);
    assertThat(equalPictures(first, epoch(trial, 2))).isLessThan(EXAMPLES / 5);
    TrialSpec other = trial.toBuilder().setSeed(8).build();
    assertThat(equalPictures(first, epoch(other, 1))).isLessThan(EXAMPLES / 5);
  }

  private static long equalPictures(Map<Integer, List<Float>> one, Map<Integer, List<Float>> two) {
    return IntStream.range(0, EXAMPLES).filter(i -> Objects.equals(one.get(i), two.get(i))).count();
  }

  /** The steps of a run that was interrupted, taken in any order by a new object. */
  @Test
  void apply_stepsInAnotherOrder_samePictures() {
    TrialSpec trial = Pictures.trial(everything(), 20).build();
    int[] indices = IntStream.range(0, 20).toArray();
    Augmentation whole = Pictures.augmentation(trial);
    Map<Long, float[]> expected = new HashMap<>();
    for (long step = 0; step < 9; step++) {
      expected.put(step, Pictures.of(indices, 20));
      whole.apply(step, indices, 20, expected.get(step));
    }
    Augmentation resumed = Pictures.augmentation(trial);
    LongStream.of(8, 4, 5, 0, 7)
        .forEach(
            step -> {
              float[] again = Pictures.of(indices, 20);
              resumed.apply(step, indices, 20, again);
              assertThat(again).containsExactly(expected.get(step));
            });
  }

  /** An example that a batch holds twice is seen twice, each time otherwise. */
  @Test
  void apply_drawnWithReplacement_everyPlaceHasDrawsOfItsOwn() {
    TrialSpec.Builder trial = Pictures.trial(Pictures.crop(4), 40);
    trial.getTrainingBuilder().setSampling(Sampling.WITH_REPLACEMENT);
    int[] same = new int[40];
    float[] pictures = Pictures.of(same, 40);
    Pictures.augmentation(trial.build()).apply(0, same, 40, pictures);
    assertThat(IntStream.range(0, 40).mapToObj(i -> picture(pictures, i)).distinct().count())
        .isGreaterThan(20);
    float[] next = Pictures.of(same, 40);
    Pictures.augmentation(trial.build()).apply(1, same, 40, next);
    assertThat(next).isNotEqualTo(pictures);
  }

  @Test
  void apply_none_picturesStay() {
    int[] indices = {4, 2};
    float[] pictures = Pictures.of(indices, 2);
    Pictures.augmentation(Pictures.trial(AugmentationSpec.newBuilder(), 2).build())
        .apply(0, indices, 2, pictures);
    assertThat(pictures).containsExactly(Pictures.of(indices, 2));
  }
}
