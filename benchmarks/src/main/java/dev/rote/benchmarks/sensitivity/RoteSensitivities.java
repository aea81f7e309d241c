package dev.rote.benchmarks.sensitivity;

import dev.rote.benchmarks.race.Work;
import dev.rote.metrics.examples.ExampleSet;
import dev.rote.metrics.sensitivity.Sensitivities;
import dev.rote.metrics.sensitivity.Trajectory;
import dev.rote.metrics.sensitivity.Weights;
import dev.rote.networks.Engines;
import dev.rote.networks.Network;
import dev.rote.v1.ModelSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The sensitivities of a whole run by Rote: the training replayed, then taken back. */
final class RoteSensitivities implements Work {
  static final int CHECKED = 20;

  /** Of this process, by the setting that the services have. */
  private static final String ENGINE = System.getProperty("rote.engine", Engines.DEFAULT);

  private static final long SEED = 1;
  private static final String PEAK = "VmHWM:";

  private final SensitivityCase run;
  private final ExampleSet examples;

  private RoteSensitivities(SensitivityCase run) {
    this.run = run;
    this.examples = run.examples();
  }

  /**
   * Answers a race, or runs once and prints the seconds and the process's peak resident bytes.
   *
   * @param arguments the case; a second one stands for a single run
   */
  public static void main(String[] arguments) throws IOException {
    RoteSensitivities work = new RoteSensitivities(SensitivityCase.read(arguments[0]));
    if (arguments.length == 1) {
      Work.serve(work);
      return;
    }
    long start = System.nanoTime();
    work.run(1);
    double seconds = (System.nanoTime() - start) * 1e-9;
    System.out.println(seconds + " " + peakBytes());
  }

  static Network start(SensitivityCase run) {
    Network network = Engines.named(ENGINE).create(run.blueprint(), 1);
    network.initialize(SEED, ModelSpec.Initialization.GLOROT_UNIFORM);
    return network;
  }

  /** Summed, not averaged, over the losses, so that the numbers are of the order of 1. */
  @Override
  public double[] check() {
    double[] means = sensitivities();
    double[] sums = new double[CHECKED];
    for (int i = 0; i < CHECKED; i++) {
      sums[i] = run.losses() * means[i];
    }
    return sums;
  }

  @Override
  public void run(int times) {
    for (int i = 0; i < times; i++) {
      sensitivities();
    }
  }

  private double[] sensitivities() {
    try (Network network = start(run)) {
      Weights start = Weights.of(network);
      Trajectory trajectory = new Trajectory(run.trial(), examples, network, () -> {});
      trajectory.forward(0, run.steps());
      Sensitivities sensitivities = new Sensitivities(run.spec(), examples, run.blueprint());
      sensitivities.compute(trajectory, start, run.steps());
      return sensitivities.means();
    }
  }

  private static long peakBytes() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      String line =
          lines
              .filter(l -> l.startsWith(PEAK))
              .findFirst()
              .orElseThrow(() -> new IOException("/proc/self/status has no " + PEAK));
      return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
    }
  }
}
