package dev.rote.benchmarks.throughput;

import dev.rote.benchmarks.BenchSession;
import dev.rote.benchmarks.Benchmark;
import dev.rote.benchmarks.report.Row;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A hundred trainings of one network on noise, from the shell to the results on disk: {@code rote
 * run} with an empty state, which starts the whole stack, trains, evaluates each epoch on both
 * splits, keeps the last checkpoint and writes the report; beside a script of PyTorch that trains
 * and evaluates alike and writes a history and the weights, once with two threads and once with two
 * processes of one. Twice in turns; the least time counts.
 */
public final class Trainings implements Benchmark {
  private static final int ROUNDS = 2;
  private static final double TARGET = 1.3;
  private static final String ROTE = "Rote";

  @Override
  public String name() {
    return "throughput";
  }

  @Override
  public String summary() {
    return "a sweep of 100 trainings beside a script of PyTorch, from the shell to the results";
  }

  @Override
  public void run(BenchSession session) {
    Path directory = session.directory(name());
    Path sweep = sweep(directory);
    Map<String, Double> least = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      least.merge(
          ROTE, seconds(rote(sweep, fresh(directory, round, "rote")), directory), Math::min);
      if (session.torch()) {
        for (String mode : List.of("threads", "processes")) {
          String results = fresh(directory, round, mode).toString();
          List<String> command =
              session.python("PyTorch", "throughput.py", results, mode).command();
          least.merge("PyTorch, 2 " + mode, seconds(command, directory), Math::min);
        }
      }
    }
    double rote = least.getOrDefault(ROTE, Double.NaN);
    least.remove(ROTE);
    session.add(
        new Row(
            name(),
            "100 trainings of mlp 784-256-10, 20 epochs of 1000 images, batch 32",
            "s",
            rote,
            least,
            OptionalDouble.of(TARGET),
            Map.of()));
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

  private static Path sweep(Path directory) {
    Path file = directory.resolve("throughput.yaml");
    try (InputStream in = Trainings.class.getResourceAsStream("/throughput.yaml")) {
      if (in == null) {
        throw new IllegalStateException("no resource /throughput.yaml");
      }
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
