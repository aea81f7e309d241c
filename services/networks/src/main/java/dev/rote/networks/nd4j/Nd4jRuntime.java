package dev.rote.networks.nd4j;

import java.util.Locale;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J, loaded and set up: the first look at {@link #get} takes a second. */
final class Nd4jRuntime {
  private final String description;
  private final ThreadGate gate;

  private Nd4jRuntime() {
    CpuKernels kernels = CpuKernels.choose();
    System.setProperty("org.nd4j.log.initialization", "false");
    String backend = Nd4j.getBackend().getClass().getSimpleName();
    /* Arrays are closed by their owners; ND4J's own calls of System.gc() would stop every trial. */
    Nd4j.getMemoryManager().togglePeriodicGc(false);
    String version = Nd4j.class.getPackage().getImplementationVersion();
    boolean cpu = backend.startsWith("Cpu");
    this.description =
        String.format(
            Locale.ROOT,
            "%s %s%s",
            cpu ? "nd4j-native" : "nd4j-cuda",
            version == null ? Nd4jEngine.VERSION : version,
            cpu ? " " + kernels.name() + (kernels.oneDnn() ? " onednn" : "") : "");
    this.gate = new ThreadGate();
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

  ThreadGate gate() {
    return gate;
  }
}
