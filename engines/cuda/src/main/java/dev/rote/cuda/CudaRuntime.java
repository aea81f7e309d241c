package dev.rote.cuda;

import java.util.Locale;
import org.bytedeco.cuda.global.cudart;
import org.jspecify.annotations.Nullable;

/** CUDA's libraries, loaded, and the card, opened, on the first look. */
final class CudaRuntime {
  private static final int THOUSAND = 1000;

  private static @Nullable CudaRuntime opened;

  private final Card card;
  private final Kernels kernels;

  private CudaRuntime() {
    this.card = Card.first();
    this.kernels = new Kernels(card);
  }

  /**
   * The runtime of this process.
   *
   * @throws IllegalStateException if there is no card that this engine drives, or CUDA is missing
   */
  static synchronized CudaRuntime get() {
    if (opened == null) {
      try {
        opened = new CudaRuntime();
      } catch (LinkageError e) {
        throw new IllegalStateException(
            "the engine cuda needs the libraries of CUDA 13 (libcudart.so.13, libcublas.so.13,"
                + " libnvrtc.so.13) and the driver's libcuda.so.1 where the system looks for them,"
                + " such as in a folder of LD_LIBRARY_PATH; or choose rote.engine=nd4j: "
                + e.getMessage(),
            e);
      }
    }
    return opened;
  }

  Kernels kernels() {
    return kernels;
  }

  /** Library and card, such as {@code cuda 13.0 on NVIDIA H100 80GB HBM3 (9.0)}. */
  String description() {
    return String.format(
        Locale.ROOT,
        "cuda %s on %s (%d.%d)",
        version(),
        card.name(),
        card.capability() / 10,
        card.capability() % 10);
  }

  /** What gives equal bits, such as {@code cuda-13.0-sm90}. */
  String numerics() {
    return "cuda-" + version() + "-sm" + card.capability();
  }

  private static String version() {
    int[] version = new int[1];
    Status.ofCuda(cudart.cudaRuntimeGetVersion(version), "asking for the version");
    return version[0] / THOUSAND + "." + version[0] % THOUSAND / 10;
  }

  /** Makes the card the calling thread's. */
  void enter() {
    Status.ofCuda(cudart.cudaSetDevice(0), "opening the card");
  }
}
