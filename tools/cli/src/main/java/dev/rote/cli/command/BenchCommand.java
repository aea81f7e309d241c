package dev.rote.cli.command;

import dev.rote.cli.CommandFailure;
import dev.rote.cli.ExitCodes;
import dev.rote.cli.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rote bench}: builds the benchmarks, which no other command needs, and runs them. */
@Command(
    name = "bench",
    header = "Races Rote against DJL and PyTorch and leaves a table of the ratios.",
    description = {
      "Each benchmark runs Rote and its peers in turns, in processes of their own, after checking"
          + " that they compute the same. DJL's PyTorch and DuckDB come from Maven Central"
          + " (190 MB, once);"
          + " PyTorch itself takes part where a python3 finds it.",
      "The table is OUT/bench.md, and OUT/bench.json for programs."
    })
public final class BenchCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      paramLabel = "NAME",
      description = "Benchmarks to run (default: all); an unknown name lists them.")
  private List<String> names = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Directory of the table (default: out/bench).")
  private Path out = Path.of("out", "bench");

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "Seconds of measuring for each contestant (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(
      names = "--cases",
      paramLabel = "TEXT[,TEXT]...",
      description = "Only cases of steps, lass and sensitivity whose name contains a TEXT.")
  private String cases = "";

  @Option(
      names = "--before",
      paramLabel = "DIR",
      description =
          "An earlier checkout of Rote where 'rote bench' has been run: its steps, lass and"
              + " sensitivity are measured beside this one's, and the ratio is of both.")
  private Optional<Path> before = Optional.empty();

  @Option(
      names = "--alternations",
      paramLabel = "N",
      defaultValue = "11",
      description = "Pairs of processes for each case of --before (default: ${DEFAULT-VALUE}).")
  private int alternations;

  BenchCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws InterruptedException {
    WritablePlace.folder("--out", out);
    Path home = session.home().toAbsolutePath();
    session.err().println("rote: building the benchmarks");
    List<String> build = List.of(home.resolve(wrapper()).toString(), "-B", "-ntp", "-q", "-Pbench");
    List<String> goal = List.of("-Dmaven.test.skip=true", "-pl", "benchmarks", "-am", "package");
    if (run(joined(build, goal), home) != 0) {
      throw new CommandFailure(ExitCodes.FAILED, "the benchmarks could not be built; see above");
    }
    List<String> options = new ArrayList<>();
    options.addAll(List.of("--out", out.toString(), "--seconds", Double.toString(seconds)));
    options.addAll(List.of("--cases", cases));
    options.addAll(List.of("--alternations", Integer.toString(alternations)));
    before.ifPresent(checkout -> options.addAll(List.of("--before", checkout.toString())));
    return run(joined(joined(program(home), options), names), Path.of(""));
  }

  private static String wrapper() {
    boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    return windows ? "mvnw.cmd" : "mvnw";
  }

  private static List<String> program(Path home) {
    Path target = home.resolve("benchmarks").resolve("target");
    try {
      String libraries = Files.readString(target.resolve("class-path")).trim();
      return List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-Drote.home=" + home,
          "-cp",
          target.resolve("classes") + System.getProperty("path.separator") + libraries,
          "dev.rote.benchmarks.Bench");
    } catch (IOException e) {
      throw new CommandFailure(ExitCodes.FAILED, "the benchmarks' class path cannot be read", e);
    }
  }

  private static List<String> joined(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  private static int run(List<String> command, Path directory) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
          .directory(directory.toAbsolutePath().toFile())
          .inheritIO()
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new CommandFailure(ExitCodes.FAILED, "cannot start " + command.get(0), e);
    }
  }
}
