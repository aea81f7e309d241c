package dev.rote.benchmarks.sensitivity;

import dev.rote.benchmarks.BenchSession;
import dev.rote.benchmarks.Benchmark;
import dev.rote.benchmarks.OwnWork;
import dev.rote.benchmarks.race.Contestant;
import dev.rote.benchmarks.race.Race;
import dev.rote.benchmarks.race.Times;
import dev.rote.benchmarks.report.Row;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Loss-sensitivities beside automatic differentiation through the unrolled training, and what long
 * runs cost, where that has no memory left. The check is the sum over all losses of the l1 norms of
 * the first twenty examples.
 */
public final class LossSensitivities implements Benchmark {
  private static final String NAME = "sensitivity";
  private static final String ROTE = "Rote";
  private static final double TOLERANCE = 2e-5;
  private static final double TARGET = 5;
  private static final double MILLIS = 1e3;
  private static final double MIB = 1 << 20;

  /** Heap of the long runs, so that the whole process stays under {@link #BOUND}. */
  private static final String HEAP = "512m";

  private static final long BOUND = 2L << 30;
  private static final int LOOKED = 250;
  private static final SensitivityCase FIRST = new SensitivityCase(16, 100, 100, 10);
  private static final List<SensitivityCase> LOOKED_AT =
      List.of(new SensitivityCase(16, 300, LOOKED, 1), new SensitivityCase(32, 300, LOOKED, 1));

  private static final int[] LONG_RUNS = {1_000, 3_000, 10_000, 30_000};

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "loss-sensitivities beside automatic differentiation, and runs of up to 30,000 steps";
  }

  @Override
  public void run(BenchSession session) {
    Stream.of(FIRST)
        .filter(run -> session.wants(subject(run)))
        .forEach(run -> beside(run, session, OptionalDouble.empty()));
    LOOKED_AT.stream()
        .filter(run -> session.wants(subject(run)))
        .forEach(run -> beside(run, session, OptionalDouble.of(TARGET)));
    Arrays.stream(LONG_RUNS)
        .mapToObj(steps -> new SensitivityCase(16, steps, 2 * LOOKED, 2))
        .filter(run -> session.wants(subject(run)))
        .forEach(run -> alone(run, session));
  }

  @Override
  public List<OwnWork> own(BenchSession session) {
    return Stream.concat(Stream.of(FIRST), LOOKED_AT.stream())
        .filter(run -> session.wants(subject(run)))
        .map(
            run ->
                new OwnWork(
                    NAME,
                    subject(run),
                    "s",
                    1,
                    TOLERANCE,
                    directory(run, session),
                    session.java(ROTE, RoteSensitivities.class, run.written())))
        .toList();
  }

  private static Path directory(SensitivityCase run, BenchSession session) {
    return session.directory("sensitivity-" + run.written().replace(',', '-'));
  }

  private static void beside(SensitivityCase run, BenchSession session, OptionalDouble target) {
    Path directory = directory(run, session);
    SensitivityFiles.write(run, directory);
    List<Contestant> contestants = new ArrayList<>();
    contestants.add(session.java(ROTE, RoteSensitivities.class, run.written()));
    String files = directory.toString();
    session
        .torch("PyTorch, all losses at once", "sensitivity.py", files, run.written(), "together")
        .ifPresent(contestants::add);
    /* Several times slower than all at once: only where that can be waited for. */
    if (target.isEmpty()) {
      session
          .torch("PyTorch, loss by loss", "sensitivity.py", files, run.written(), "apart")
          .ifPresent(contestants::add);
    }
    Times times = new Race(contestants, TOLERANCE, session.seconds()).run(directory);
    double rote = times.of(ROTE).least();
    session.add(
        new Row(
            NAME,
            subject(run),
            "s",
            rote,
            times.besides(ROTE, 1),
            target,
            Map.of("a step", format("%.2f ms", rote / run.steps() * MILLIS))));
  }

  private static void alone(SensitivityCase run, BenchSession session) {
    Contestant contestant =
        session.java(ROTE, List.of("-Xmx" + HEAP), RoteSensitivities.class, run.written(), "once");
    Path directory = session.directory("sensitivity-alone");
    String[] words = answer(contestant, directory).split(" ", -1);
    double seconds = Double.parseDouble(words[0]);
    long peak = Long.parseLong(words[1]);
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("a step", format("%.2f ms", seconds / run.steps() * MILLIS));
    notes.put("most memory resident", format("%.0f MiB", peak / MIB));
    notes.put("under 2 GiB", peak < BOUND ? "yes" : "no");
    session.add(new Row(NAME, subject(run), "s", seconds, Map.of(), OptionalDouble.empty(), notes));
  }

  private static String answer(Contestant contestant, Path directory) {
    Path log = directory.resolve("alone.log");
    try {
      Process process =
          new ProcessBuilder(contestant.command())
              .redirectError(ProcessBuilder.Redirect.to(log.toFile()))
              .start();
      try (Reader out = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
        StringBuilder text = new StringBuilder();
        for (int c = out.read(); c >= 0; c = out.read()) {
          text.append((char) c);
        }
        if (process.waitFor() != 0) {
          throw new IllegalStateException("a run alone failed; see " + log);
        }
        return text.toString().trim();
      } finally {
        process.destroy();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a run was under way", e);
    }
  }

  private static String subject(SensitivityCase run) {
    return format(
        "mlp 196-%d-%d-10, batch 32, %d losses, T = %d, threads 1",
        run.hidden(), run.hidden(), run.losses(), run.steps());
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
