package dev.rote.benchmarks.step;

import dev.rote.benchmarks.BenchSession;
import dev.rote.benchmarks.Benchmark;
import dev.rote.benchmarks.OwnWork;
import dev.rote.benchmarks.race.Contestant;
import dev.rote.benchmarks.race.Race;
import dev.rote.benchmarks.race.Times;
import dev.rote.benchmarks.report.Row;
import dev.rote.networks.Engines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Training steps beside those of DJL and PyTorch, and beside their own matrix products and
 * convolutions alone. The check is the loss of the first five steps from the same weights.
 */
public final class Steps implements Benchmark {
  private static final String NAME = "steps";
  private static final String ROTE = "Rote";
  private static final String UNIT = "ms/step";
  static final double TOLERANCE = 2e-4;
  private static final double GIGA = 1e-9;
  static final double MILLIS = 1e3;

  /** From this many operations on a step is large: its products should be all that counts. */
  private static final double LARGE = 1e9;

  private static final double LARGE_TARGET = 0.85;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "training steps beside DJL's and PyTorch's, and beside their products alone";
  }

  @Override
  public void run(BenchSession session) {
    wanted(session).forEach(step -> run(step, session));
  }

  @Override
  public List<OwnWork> own(BenchSession session) {
    return wanted(session)
        .map(
            step ->
                new OwnWork(
                    NAME,
                    subject(step),
                    UNIT,
                    MILLIS,
                    TOLERANCE,
                    written(step, session),
                    rote(step, session)))
        .toList();
  }

  private static Stream<StepCase> wanted(BenchSession session) {
    return StepCase.ALL.stream().filter(step -> session.wants(step.name()));
  }

  private static Path directory(StepCase step, BenchSession session) {
    return session.directory("step-" + step.name().replaceAll("[^a-z0-9]+", "-"));
  }

  private static Path written(StepCase step, BenchSession session) {
    Path directory = directory(step, session);
    StepFiles.write(step, directory, Engines.named(Engines.DEFAULT));
    return directory;
  }

  private static Contestant rote(StepCase step, BenchSession session) {
    String files = directory(step, session).toString();
    return session.java(ROTE, RoteSteps.class, step.name(), files, Engines.DEFAULT);
  }

  private static void run(StepCase step, BenchSession session) {
    Path directory = written(step, session);
    List<Contestant> contestants = new ArrayList<>();
    String files = directory.toString();
    contestants.add(rote(step, session));
    contestants.add(session.java("DJL", DjlSteps.class, step.name(), files));
    session
        .torch(
            "PyTorch",
            "steps.py",
            files,
            step.written(),
            Integer.toString(step.batch()),
            Integer.toString(step.threads()),
            Double.toString(step.rate()))
        .ifPresent(contestants::add);
    Times times = new Race(contestants, TOLERANCE, session.seconds()).run(directory);
    Times floor = floor(step, session, directory);

    double rote = times.of(ROTE).least();
    double operations = step.products().stream().mapToDouble(Product::operations).sum();
    double limit = 2 * Math.pow(ProductsAlone.LIMIT_SIDE, 3) / floor.of("limit").least();
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("median", format("%.3g ms", times.of(ROTE).median() * MILLIS));
    notes.put("rate", format("%.1f GFLOP/s", operations / rote * GIGA));
    notes.put("most memory", times.peaks());
    notes.put("of the gemm limit", format("%.0f %%", 100 * operations / rote / limit));
    session.add(
        new Row(
            NAME,
            subject(step),
            UNIT,
            rote * MILLIS,
            times.besides(ROTE, MILLIS),
            OptionalDouble.of(step.target()),
            notes));
    session.add(
        new Row(
            NAME,
            subject(step) + ": products alone",
            UNIT,
            floor.of(ROTE).least() * MILLIS,
            Map.of("products alone", floor.of("products").least() * MILLIS),
            operations < LARGE ? OptionalDouble.empty() : OptionalDouble.of(LARGE_TARGET),
            Map.of()));
  }

  private static Times floor(StepCase step, BenchSession session, Path directory) {
    String threads = Integer.toString(step.threads());
    return new Race(
            List.of(
                session.java("products", ProductsAlone.class, step.name(), threads),
                session.java("limit", ProductsAlone.class, ProductsAlone.LIMIT, threads),
                session.java(
                    ROTE,
                    RoteSteps.class,
                    step.name(),
                    directory.toString(),
                    Engines.DEFAULT,
                    "unchecked")),
            TOLERANCE,
            session.seconds())
        .run(directory);
  }

  private static String subject(StepCase step) {
    return format("%s, batch %d, threads %d", step.name(), step.batch(), step.threads());
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
