package dev.rote.networks;

/**
 * What enters a network: the patches of images, in training steps with input noise and dropout.
 * Buffers are kept from call to call; not safe for use by several threads at once.
 */
public final class NetworkInputs {
  private final InputPatch patch;
  private float[] copies = new float[0];
  private float[] draws = new float[0];

  public NetworkInputs(InputPatch patch) {
    this.patch = patch;
  }

  /**
   * The patches of n images: the images themselves where nothing is cropped.
   *
   * @return float32[N, patch] or longer, valid until the next call
   */
  public float[] cropped(float[] images, int n) {
    if (patch.crop() == 0) {
      return images;
    }
    copies = atLeast(copies, n * patch.length());
    patch.cut(images, n, copies);
    return copies;
  }

  /**
   * The patches of n images with Gaussian noise, then inverted dropout.
   *
   * @return float32[N, patch] or longer, valid until the next call
   */
  public float[] disturbed(float[] images, int n, StepSettings settings) {
    float[] patches = cropped(images, n);
    double sigma = settings.regularization().getInputNoise();
    double rate = settings.regularization().getInputDropout();
    if (sigma == 0 && rate == 0) {
      return patches;
    }
    int length = n * patch.length();
    copies = atLeast(copies, length);
    if (copies != patches) {
      System.arraycopy(patches, 0, copies, 0, length);
    }
    draws = atLeast(draws, length);
    if (sigma != 0) {
      Noise.gaussian(settings, "input-noise", sigma, draws, length);
      for (int i = 0; i < length; i++) {
        copies[i] += draws[i];
      }
    }
    if (rate != 0) {
      Noise.dropout(settings, "input-dropout", rate, draws, length);
      for (int i = 0; i < length; i++) {
        copies[i] *= draws[i];
      }
    }
    return copies;
  }

  private static float[] atLeast(float[] scratch, int length) {
    return scratch.length >= length ? scratch : new float[length];
  }
}
