package dev.rote.networks.nd4j;

import com.sun.jna.NativeLibrary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/** ND4J, loaded and set up: the first look at {@link #get} takes a second. */
final class Nd4jRuntime {
  private static final String CUDA_BACKEND = "/org/nd4j/linalg/jcublas/JCublasBackend.class";

  private final String description;
  private final String numerics;
  private final ThreadGate gate;
  private final boolean onCpu;

  private Nd4jRuntime() {
    CpuKernels kernels = CpuKernels.choose();
    System.setProperty("org.nd4j.log.initialization", "false");
    String backend = Nd4j.getBackend().getClass().getSimpleName();
    List<CudaCard> cards = cards(backend);
    /* Arrays are closed by their owners; ND4J's own calls of System.gc() would stop every trial. */
    Nd4j.getMemoryManager().togglePeriodicGc(false);
    String version = Nd4j.class.getPackage().getImplementationVersion();
    boolean cpu = backend.startsWith("Cpu");
    this.onCpu = cpu;
    this.description =
        String.format(
            Locale.ROOT,
            "%s %s%s",
            cpu ? "nd4j-native" : "nd4j-cuda",
            version == null ? Nd4jEngine.VERSION : version,
            cpu ? " " + kernels.name() + (kernels.oneDnn() ? " onednn" : "") : "");
    this.numerics =
        cpu
            ? kernels.family(blasKernel())
            : cards.stream()
                .map(CudaCard::family)
                .distinct()
                .sorted()
                .collect(Collectors.joining("."));
    this.gate = new ThreadGate(kernels.oneDnn());
  }

  /** In a build for CUDA, ND4J falls back to the CPU in silence where it finds no card. */
  private static List<CudaCard> cards(String backend) {
    if (Nd4jRuntime.class.getResource(CUDA_BACKEND) == null) {
      return List.of();
    }
    List<CudaCard> cards = new ArrayList<>();
    if (!backend.startsWith("Cpu")) {
      NativeOps cuda = NativeOpsHolder.getInstance().getDeviceNativeOps();
      for (int i = 0; i < cuda.getAvailableDevices(); i++) {
        cards.add(
            new CudaCard(cuda.getDeviceName(i), cuda.getDeviceMajor(i), cuda.getDeviceMinor(i)));
      }
    }
    CudaCard.check(cards);
    return cards;
  }

  /** What OpenBLAS computes by here, such as {@code Zen} or {@code SkylakeX}. */
  private static String blasKernel() {
    /* The bindings lack this function; it is found among what they are linked to. */
    return NativeLibrary.getInstance(Loader.load(openblas_nolapack.class))
        .getFunction("openblas_get_corename")
        .invokeString(new Object[0], false);
  }

  private static final class Holder {
    private static final Nd4jRuntime INSTANCE = new Nd4jRuntime();
  }

  static Nd4jRuntime get() {
    return Holder.INSTANCE;
  }

  String description() {
    return description;
  }

  /** What gives equal bits to those that are computed here. */
  String numerics() {
    return numerics;
  }

  /** Whether arrays lie where BLAS on the CPU can reach them. */
  boolean onCpu() {
    return onCpu;
  }

  ThreadGate gate() {
    return gate;
  }
}
