package dev.rote.networks.nd4j;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which build of ND4J's native library fits this machine's processor.
 *
 * @param name {@code avx512}, {@code avx2} or {@code generic}
 * @param oneDnn whether the build dispatches to oneDNN
 */
record CpuKernels(String name, boolean oneDnn) {
  private static final String EXTENSION = "org.bytedeco.javacpp.platform.extension";
  private static final String BINDINGS = "/org/nd4j/linalg/cpu/nativecpu/bindings/linux-x86_64";

  private static final CpuKernels GENERIC = new CpuKernels("generic", false);

  /* What the AVX-512 build was compiled for (skylake-avx512). */
  private static final Set<String> AVX512 =
      Set.of("avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl");

  /**
   * Chooses the build and tells JavaCPP, unless the user has chosen by the property {@code
   * org.bytedeco.javacpp.platform.extension}. To be called before any class of ND4J is loaded.
   */
  static CpuKernels choose() {
    String chosen = System.getProperty(EXTENSION);
    if (chosen != null) {
      return ofExtension(chosen);
    }
    CpuKernels best = best(flags());
    if (best.oneDnn()) {
      System.setProperty(EXTENSION, best.extension());
    }
    return best;
  }

  /** The best build that the processor can run and that is on the class path. */
  static CpuKernels best(Set<String> flags) {
    for (CpuKernels candidate :
        List.of(new CpuKernels("avx512", true), new CpuKernels("avx2", true))) {
      boolean runs =
          candidate.name().equals("avx512")
              ? flags.containsAll(AVX512)
              : flags.contains("avx2") && flags.contains("fma");
      if (runs && candidate.present()) {
        return candidate;
      }
    }
    return GENERIC;
  }

  /**
   * Family of numerics, such as {@code avx512-onednn-openblas-zen}.
   *
   * @param blas kernel that OpenBLAS computes by
   */
  String family(String blas) {
    String kernel = blas.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return name + (oneDnn ? "-onednn" : "") + "-openblas-" + kernel;
  }

  private static CpuKernels ofExtension(String extension) {
    boolean oneDnn = extension.contains("onednn");
    String name =
        extension.contains("avx512") ? "avx512" : extension.contains("avx2") ? "avx2" : "generic";
    return new CpuKernels(name, oneDnn);
  }

  private String extension() {
    return "-onednn-" + name;
  }

  private boolean present() {
    return CpuKernels.class.getResource(BINDINGS + extension() + "/libnd4jcpu.so") != null;
  }

  /** Flags of the first processor; none where the system does not tell. */
  private static Set<String> flags() {
    Path cpuInfo = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(cpuInfo)) {
      return Set.of();
    }
    try {
      for (String line : Files.readAllLines(cpuInfo)) {
        if (line.startsWith("flags")) {
          return new TreeSet<>(List.of(line.substring(line.indexOf(':') + 1).trim().split(" +")));
        }
      }
      return Set.of();
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + cpuInfo, e);
    }
  }
}
