package dev.rote.recipes.augmentation;

import static dev.rote.recipes.augmentation.Pictures.EXAMPLES;
import static dev.rote.recipes.augmentation.Pictures.LENGTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.random.CounterRandom;
import dev.rote.v1.AugmentationSpec;
import dev.rote.v1.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each change beside what scripts of PyTorch do, written out: a padded array that is sliced,
 * columns in reverse, a mask. One batch is an epoch, so that step s takes example i as visit (s +
 * 1, i).
 */
class AugmentationOracleTest {
  private static final int[] ALL = IntStream.range(0, EXAMPLES).toArray();
  private static final int STEPS = 40;

  /** A channel of a picture, row by row. */
  private static float[][] plane(float[] pictures, int example, int channel) {
    float[][] plane = new float[5][6];
    for (int row = 0; row < 5; row++) {
      for (int column = 0; column < 6; column++) {
        plane[row][column] = pictures[example * LENGTH + channel * 30 + row * 6 + column];
      }
    }
    return plane;
  }

  private static float[] changed(AugmentationSpec.Builder spec, long step) {
    float[] pictures = Pictures.of(ALL, EXAMPLES);
    Pictures.augmentation(Pictures.trial(spec, EXAMPLES).build())
        .apply(step, ALL, EXAMPLES, pictures);
    return pictures;
  }

  private static long below(String stream, long bound, long epoch, long minor) {
    return CounterRandom.of(7, stream).below(bound, epoch, minor);
  }

  /** {@code np.pad(x, ((p, p), (p, p)))[u : u + 5, v : v + 6]} */
  private static float[][] window(float[][] x, int p, int u, int v) {
    float[][] padded = new float[5 + 2 * p][6 + 2 * p];
    for (int row = 0; row < 5; row++) {
      System.arraycopy(x[row], 0, padded[row + p], p, 6);
    }
    return IntStream.range(u, u + 5)
        .mapToObj(row -> Arrays.copyOfRange(padded[row], v, v + 6))
        .toArray(float[][]::new);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void padAndCrop_everyVisit_isAWindowOfThePaddedPicture(int padding) {
    float[] plain = Pictures.of(ALL, EXAMPLES);
    Map<Long, Integer> places = new HashMap<>();
    for (int step = 0; step < STEPS; step++) {
      float[] changed = changed(Pictures.crop(padding), step);
      for (int i = 0; i < EXAMPLES; i++) {
        int u = (int) below("augmentation/crop", 2L * padding + 1, step + 1, 2L * i);
        int v = (int) below("augmentation/crop", 2L * padding + 1, step + 1, 2L * i + 1);
        places.merge(100L * u + v, 1, Integer::sum);
        for (int c = 0; c < 2; c++) {
          assertThat(plane(changed, i, c)).isDeepEqualTo(window(plane(plain, i, c), padding, u, v));
        }
      }
    }
    int all = (2 * padding + 1) * (2 * padding + 1);
    double each = (double) STEPS * EXAMPLES / all;
    assertThat(places).hasSize(all);
    assertThat(places.values())
        .allSatisfy(count -> assertThat(count * 1.0).isCloseTo(each, within(5 * Math.sqrt(each))));
  }

  @Test
  void horizontalFlip_everyVisit_isThePictureOrItsMirrorImageHalfOfTheTime() {
    float[] plain = Pictures.of(ALL, EXAMPLES);
    int mirrored = 0;
    for (int step = 0; step < STEPS; step++) {
      float[] changed = changed(Pictures.flip(), step);
      for (int i = 0; i < EXAMPLES; i++) {
        boolean flips = below("augmentation/flip", 2, step + 1, i) == 1;
        mirrored += flips ? 1 : 0;
        for (int c = 0; c < 2; c++) {
          float[][] expected = plane(plain, i, c);
          for (int row = 0; flips && row < 5; row++) {
            float[] x = plane(plain, i, c)[row];
            expected[row] = new float[] {x[5], x[4], x[3], x[2], x[1], x[0]};
          }
          assertThat(plane(changed, i, c)).isDeepEqualTo(expected);
        }
      }
    }
    double visits = STEPS * EXAMPLES;
    assertThat(mirrored / visits).isCloseTo(0.5, within(4 * 0.5 / Math.sqrt(visits)));
  }

  /** The authors' lines: y1 = clip(y - s // 2, 0, h), y2 = clip(y + s // 2, 0, h), and so for x. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void cutout_evenSize_coversWhatTheAuthorsCover(int size) {
    float[] plain = Pictures.of(ALL, EXAMPLES);
    int cut = 0;
    for (int step = 0; step < STEPS; step++) {
      float[] changed = changed(Pictures.cutout(size), step);
      for (int i = 0; i < EXAMPLES; i++) {
        int y = (int) below("augmentation/cutout", 5, step + 1, 2L * i);
        int x = (int) below("augmentation/cutout", 6, step + 1, 2L * i + 1);
        int y1 = Math.max(0, y - size / 2);
        int y2 = Math.min(5, y + size / 2);
        int x1 = Math.max(0, x - size / 2);
        int x2 = Math.min(6, x + size / 2);
        cut += (y2 - y1) * (x2 - x1) < size * size ? 1 : 0;
        for (int c = 0; c < 2; c++) {
          float[][] expected = plane(plain, i, c);
          for (int row = y1; row < y2; row++) {
            Arrays.fill(expected[row], x1, x2, Pictures.BLANK[c]);
          }
          assertThat(plane(changed, i, c)).isDeepEqualTo(expected);
        }
      }
    }
    assertThat(cut).as("squares that lie outside in part").isGreaterThan(100);
  }

  /** By hand, of a picture of one pixel and of one that is wholly covered. */
  @Test
  void cutout_oddSizes_coverTheirNumberOfPixels() {
    float[] one = Pictures.of(ALL, 1);
    Pictures.augmentation(Pictures.trial(Pictures.cutout(1), EXAMPLES).build())
        .apply(0, ALL, 1, one);
    float[] plain = Pictures.of(ALL, 1);
    assertThat(IntStream.range(0, LENGTH).filter(at -> one[at] != plain[at]).count()).isEqualTo(2);
    Shape pixel = Shape.newBuilder().setChannels(1).setHeight(1).setWidth(1).build();
    float[] covered = {0.5f};
    Augmentation.of(Pictures.trial(Pictures.cutout(1), 1).build(), pixel, 1, new float[] {0.125f})
        .apply(0, new int[] {0}, 1, covered);
    assertThat(covered).containsExactly(0.125f);
  }

  /** A square that is covered last stays blank where the window has brought zeros. */
  @Test
  void apply_all_inTheOrderOfTheFields() {
    AugmentationSpec.Builder every =
        Pictures.crop(2).mergeFrom(Pictures.flip().build()).mergeFrom(Pictures.cutout(2).build());
    float[] stepwise = Pictures.of(ALL, EXAMPLES);
    for (AugmentationSpec.Builder one :
        new AugmentationSpec.Builder[] {Pictures.crop(2), Pictures.flip(), Pictures.cutout(2)}) {
      Pictures.augmentation(Pictures.trial(one, EXAMPLES).build())
          .apply(3, ALL, EXAMPLES, stepwise);
    }
    assertThat(changed(every, 3)).containsExactly(stepwise);
  }
}
