package dev.rote.cuda;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.bytedeco.cuda.global.cudart;

/**
 * A graphics card as its driver names it.
 *
 * @param name such as {@code NVIDIA H100 80GB HBM3}
 * @param capability compute capability, ten times the major number plus the minor one
 */
record Card(String name, int capability) {
  /** Turing: the oldest that CUDA 13 compiles for. */
  static final int OLDEST = 75;

  private static final int NAME_BYTES = 256;

  /**
   * The first card that CUDA shows this process.
   *
   * @throws IllegalStateException if there is none, or it is too old
   */
  static Card first() {
    int[] count = new int[1];
    int status = cudart.cudaGetDeviceCount(count);
    if (status == cudart.cudaErrorNoDevice || (status == 0 && count[0] == 0)) {
      throw new IllegalStateException(
          "the engine cuda found no card: look at nvidia-smi and CUDA_VISIBLE_DEVICES, hand the"
              + " card to the container (--gpus all), or choose rote.engine=nd4j");
    }
    if (status == cudart.cudaErrorInsufficientDriver) {
      throw new IllegalStateException(
          "the engine cuda needs a driver for CUDA 13: 580 or newer, which nvidia-smi shows");
    }
    Status.ofCuda(status, "counting the cards");
    Status.ofCuda(cudart.cudaSetDevice(0), "opening the card");
    byte[] name = new byte[NAME_BYTES];
    Status.ofCuda(cudart.cuDeviceGetName(name, NAME_BYTES, 0), "naming the card");
    int major = attribute(cudart.cudaDevAttrComputeCapabilityMajor);
    int minor = attribute(cudart.cudaDevAttrComputeCapabilityMinor);
    return new Card(terminated(name), 10 * major + minor).checked();
  }

  /** Text of C, which ends at its first zero. */
  private static String terminated(byte[] text) {
    String all = new String(text, StandardCharsets.UTF_8);
    return all.substring(0, all.indexOf(0));
  }

  private static int attribute(int which) {
    int[] value = new int[1];
    Status.ofCuda(cudart.cudaDeviceGetAttribute(value, which, 0), "asking the card");
    return value[0];
  }

  /**
   * This card.
   *
   * @throws IllegalStateException if it is too old
   */
  Card checked() {
    if (capability < OLDEST) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "the engine cuda drives cards of compute capability 7.5 (Turing) and newer; %s has"
                  + " %d.%d: build with -Drote.cuda=11 and choose rote.engine=nd4j",
              name,
              capability / 10,
              capability % 10));
    }
    return this;
  }
}
