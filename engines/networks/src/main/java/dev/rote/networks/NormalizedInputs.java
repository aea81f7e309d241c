package dev.rote.networks;

import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.Normalize;
import java.util.Arrays;

/**
 * The {@link Normalize} of a network, on the images before they enter an engine, whose fused passes
 * and networks of dense layers stay what they are: {@code (x - mean) / deviation} in float32, the
 * bits of {@code Normalize} of torchvision. Not safe for use by several threads at once.
 */
final class NormalizedInputs {
  private final InputPatch patch;
  private final NetworkInputs entering;
  private final float[][] statistics;
  private float[] normalised = new float[0];

  NormalizedInputs(Blueprint blueprint) {
    this.patch = InputPatch.of(blueprint);
    this.entering = new NetworkInputs(patch);
    int channels = blueprint.input().getChannels();
    this.statistics = new float[][] {new float[channels], new float[channels]};
    Arrays.fill(statistics[1], 1);
  }

  /** float32[C]: mean (0) and deviation (1) of each channel, in the order of checkpoints. */
  float[] statistic(int number) {
    return statistics[number];
  }

  /**
   * The patches of n images.
   *
   * @return float32[N, patch] or longer, valid until the next call
   */
  float[] of(float[] images, int n) {
    return normalise(entering.cropped(images, n), n);
  }

  /** The same with the noise and dropout of a training step, which are drawn before. */
  float[] disturbed(float[] images, int n, StepSettings settings) {
    return normalise(entering.disturbed(images, n, settings), n);
  }

  private float[] normalise(float[] patches, int n) {
    int length = n * patch.length();
    normalised = normalised.length >= length ? normalised : new float[length];
    int area = patch.height() * patch.width();
    for (int from = 0, plane = 0; from < length; from += area, plane++) {
      float mean = statistics[0][plane % statistics[0].length];
      float deviation = statistics[1][plane % statistics[1].length];
      for (int i = from; i < from + area; i++) {
        normalised[i] = (patches[i] - mean) / deviation;
      }
    }
    return normalised;
  }

  /**
   * From derivatives by what was normalised to those by the images, zero where they are cropped.
   *
   * @param ofPatches float32[n, patch], changed
   * @param ofImages float32[n, D], written
   */
  void back(float[] ofPatches, int n, float[] ofImages) {
    int area = patch.height() * patch.width();
    for (int from = 0, plane = 0; from < n * patch.length(); from += area, plane++) {
      float deviation = statistics[1][plane % statistics[1].length];
      for (int i = from; i < from + area; i++) {
        ofPatches[i] /= deviation;
      }
    }
    patch.paste(ofPatches, n, ofImages);
  }

  /** Values of what is left of an image. */
  int patchLength() {
    return patch.length();
  }
}
