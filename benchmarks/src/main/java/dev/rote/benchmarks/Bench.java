package dev.rote.benchmarks;

import dev.rote.benchmarks.corruption.Noises;
import dev.rote.benchmarks.gradients.ExampleGradients;
import dev.rote.benchmarks.lass.LassSearches;
import dev.rote.benchmarks.overhead.SweepOverhead;
import dev.rote.benchmarks.reading.Readings;
import dev.rote.benchmarks.report.RowTable;
import dev.rote.benchmarks.sensitivity.LossSensitivities;
import dev.rote.benchmarks.step.CudaSteps;
import dev.rote.benchmarks.step.Steps;
import dev.rote.benchmarks.throughput.Trainings;
import dev.rote.benchmarks.trace.TracedTrainings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs benchmarks and leaves their table. */
@Command(name = "bench", mixinStandardHelpOptions = true)
public final class Bench implements Callable<Integer> {
  private static final List<Benchmark> ALL =
      List.of(
          new Steps(),
          new CudaSteps(),
          new Trainings(),
          new LassSearches(),
          new LossSensitivities(),
          new TracedTrainings(),
          new ExampleGradients(),
          new Noises(),
          new Readings(),
          new SweepOverhead());

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "NAME", description = "Benchmarks to run; all where none is named.")
  private List<String> names = List.of();

  @Option(names = "--out", description = "Directory of the table.", defaultValue = "out/bench")
  private Path out = Path.of("out", "bench");

  @Option(
      names = "--seconds",
      description = "Seconds of measuring for each contestant.",
      defaultValue = "10")
  private double seconds;

  @Option(
      names = "--cases",
      description = "Only cases whose name contains one of these, separated by commas.",
      defaultValue = "")
  private String cases = "";

  @Option(
      names = "--before",
      description = "An earlier checkout with built benchmarks: measures it beside this one.")
  private Optional<Path> before = Optional.empty();

  @Option(
      names = "--alternations",
      description = "Pairs of processes for each case of --before.",
      defaultValue = "11")
  private int alternations;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Bench()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    List<String> known = ALL.stream().map(Benchmark::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new ParameterException(
            spec.commandLine(), "there is no benchmark " + name + "; there are " + known);
      }
    }
    RowTable table = new RowTable();
    PrintWriter progress = spec.commandLine().getErr();
    Path work = Files.createDirectories(out.resolve("work"));
    BenchSession session = new BenchSession(work, seconds, cases, table, progress::println);
    Optional<EarlierRote> earlier = before.map(home -> new EarlierRote(home, alternations));
    for (Benchmark benchmark : ALL) {
      if (names.isEmpty() || names.contains(benchmark.name())) {
        progress.println(benchmark.name() + ": " + benchmark.summary());
        if (earlier.isPresent()) {
          benchmark.own(session).forEach(own -> earlier.get().measure(own, session));
        } else {
          benchmark.run(session);
        }
        table.write(out, machine(session));
      }
    }
    spec.commandLine().getOut().println(out.resolve("bench.md"));
    return 0;
  }

  private static Map<String, String> machine(BenchSession session) throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("processor", processor());
    facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    facts.put("Java", Runtime.version().toString());
    facts.put("PyTorch of python3", session.torch() ? "present" : "absent, so without its columns");
    return facts;
  }

  private static String processor() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(info)) {
      return System.getProperty("os.arch");
    }
    try (Stream<String> lines = Files.lines(info)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    }
  }
}
