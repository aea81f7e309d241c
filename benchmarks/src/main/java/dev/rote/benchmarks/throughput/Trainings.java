package dev.rote.benchmarks.throughput;

import dev.rote.benchmarks.BenchSession;
import dev.rote.benchmarks.Benchmark;
import dev.rote.benchmarks.report.Row;
import dev.rote.benchmarks.sweeps.SweepRuns;
import dev.rote.embedded.Stack;
import dev.rote.embedded.StackSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A hundred trainings of one network on noise, beside a script of PyTorch that trains and evaluates
 * alike and writes histories and weights, with two threads or with two processes of one. Twice in
 * turns, but for the two threads, which take several times as long; the least time counts.
 *
 * <p>From the shell: {@code rote run} with an empty state, which starts the whole stack and stops
 * it again, until the report lies on disk; the script with all its imports. On a running stack:
 * from the call that submits the sweep until its report is stored; of the script, its trainings
 * alone. Both have trained before, so that nothing is loaded or compiled for the first time.
 */
public final class Trainings implements Benchmark {
  private static final int ROUNDS = 2;
  private static final int TRIALS = 100;
  private static final int WARM_UP = 40;
  private static final int SEEDS_APART = 1_000_000;
  private static final double TARGET = 1.3;
  private static final String ROTE = "Rote";

  @Override
  public String name() {
    return "throughput";
  }

  @Override
  public String summary() {
    return "a sweep of 100 trainings beside a script of PyTorch";
  }

  @Override
  public void run(BenchSession session) {
    Path directory = session.directory(name());
    String sweep = resource();
    Path file = written(sweep, directory);
    Map<String, Double> shell = new LinkedHashMap<>();
    Map<String, Double> running = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      shell.merge(ROTE, seconds(rote(file, fresh(directory, round, "rote")), directory), Math::min);
      running.merge(ROTE, onRunningStack(sweep, fresh(directory, round, "running")), Math::min);
      if (session.torch()) {
        for (String mode : round == 0 ? List.of("threads", "processes") : List.of("processes")) {
          Path results = fresh(directory, round, mode);
          List<String> command =
              session.python("PyTorch", "throughput.py", results.toString(), mode).command();
          double whole = seconds(command, directory);
          String peer = "PyTorch, 2 " + mode;
          shell.merge(peer, whole - measured(results, "warm-up"), Math::min);
          running.merge(peer, measured(results, "trainings"), Math::min);
        }
      }
    }
    session.add(row("from the shell", shell, OptionalDouble.empty()));
    session.add(row("on a running stack", running, OptionalDouble.of(TARGET)));
  }

  private Row row(String how, Map<String, Double> least, OptionalDouble target) {
    Map<String, Double> peers = new LinkedHashMap<>(least);
    double rote = Objects.requireNonNull(peers.remove(ROTE));
    return new Row(
        name(),
        "100 trainings of mlp 784-256-10, 20 epochs of 1000 images, batch 32, " + how,
        "s",
        rote,
        peers,
        target,
        Map.of());
  }

  /** Seconds from the call that submits the sweep until its report is stored. */
  private static double onRunningStack(String sweep, Path state) {
    try (Stack stack = Stack.start(StackSettings.of(state, Optional.empty(), note -> {}));
        SweepRuns runs = new SweepRuns(stack)) {
      runs.run(
          sweep
              .replace("seed: 0", "seed: " + SEEDS_APART)
              .replace("repetitions: " + TRIALS, "repetitions: " + WARM_UP),
          WARM_UP);
      return runs.run(sweep, TRIALS).seconds();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** What the script has measured itself. */
  private static double measured(Path results, String what) {
    try {
      return Double.parseDouble(Files.readString(results.resolve(what)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> rote(Path sweep, Path directory) {
    String home = System.getProperty("rote.home", ".");
    return List.of(
        Path.of(home, "rote").toAbsolutePath().toString(),
        "run",
        sweep.toString(),
        "--quiet",
        "--state",
        directory.resolve("state").toString(),
        "--out",
        directory.resolve("out").toString());
  }

  private static double seconds(List<String> command, Path directory) {
    Path log = directory.resolve("commands.log");
    try {
      long start = System.nanoTime();
      int status =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start()
              .waitFor();
      if (status != 0) {
        throw new IllegalStateException(command + " ended with " + status + "; see " + log);
      }
      return (System.nanoTime() - start) * 1e-9;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** A directory that holds nothing of an earlier run. */
  private static Path fresh(Path directory, int round, String name) {
    try {
      return Files.createTempDirectory(directory, name + "-" + round + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path written(String sweep, Path directory) {
    try {
      return Files.writeString(directory.resolve("throughput.yaml"), sweep);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String resource() {
    try (InputStream in = Trainings.class.getResourceAsStream("/throughput.yaml")) {
      if (in == null) {
        throw new IllegalStateException("no resource /throughput.yaml");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
