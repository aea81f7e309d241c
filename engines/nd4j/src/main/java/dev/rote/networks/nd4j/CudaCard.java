package dev.rote.networks.nd4j;

import java.util.List;

/**
 * A graphics card as its driver names it.
 *
 * @param name such as {@code NVIDIA A100-SXM4-80GB}
 * @param major of its compute capability
 * @param minor of its compute capability
 */
record CudaCard(String name, int major, int minor) {
  /*
   * What the native library of nd4j-cuda-11.6 1.0.0-M2.1 holds machine code for. It holds no PTX,
   * which the driver could translate for others: code runs on cards of the same major version and
   * the same or a higher minor one, and nowhere else.
   */
  private static final List<CudaCard> BUILT_FOR =
      List.of(
          of(3, 7), of(5, 0), of(5, 2), of(6, 0), of(6, 1), of(7, 0), of(7, 5), of(8, 0), of(8, 6));

  private static CudaCard of(int major, int minor) {
    return new CudaCard("", major, minor);
  }

  /** Family of numerics, such as {@code nd4j-cuda-sm80}. */
  String family() {
    return "nd4j-cuda-sm" + major + minor;
  }

  /** Whether the library's kernels start on this card. */
  boolean runs() {
    return BUILT_FOR.stream().anyMatch(built -> built.major == major && built.minor <= minor);
  }

  /**
   * Refuses cards on which no kernel starts.
   *
   * @throws IllegalStateException with what to do instead
   */
  static void check(List<CudaCard> cards) {
    if (cards.isEmpty()) {
      throw new IllegalStateException(
          "this is a build for CUDA (-Drote.cuda=11), and no card answers: look at nvidia-smi,"
              + " install a driver for CUDA 11.6 or newer, hand the card to the container (--gpus"
              + " all), or build without -Drote.cuda=11");
    }
    for (CudaCard card : cards) {
      if (!card.runs()) {
        throw new IllegalStateException(
            "ND4J's CUDA kernels do not run on "
                + card.name
                + " of compute capability "
                + card.major
                + "."
                + card.minor
                + ": they are built for 3.7 and 5.0 to 8.6, and run on 8.9 (Ada) too, but not on"
                + " 9.0 (Hopper) or newer; hide the card by CUDA_VISIBLE_DEVICES, take an older"
                + " one, or build without -Drote.cuda=11");
      }
    }
  }
}
