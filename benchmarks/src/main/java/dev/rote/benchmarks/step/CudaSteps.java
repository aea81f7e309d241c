package dev.rote.benchmarks.step;

import dev.rote.benchmarks.BenchSession;
import dev.rote.benchmarks.Benchmark;
import dev.rote.benchmarks.race.Contestant;
import dev.rote.benchmarks.race.Race;
import dev.rote.benchmarks.race.Times;
import dev.rote.benchmarks.report.Row;
import dev.rote.networks.Engine;
import dev.rote.networks.Engines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Training steps on a card beside PyTorch's on the same one, alone and many trials at once. The
 * check is the loss of the first five steps from the same weights. Rote's steps copy their batch to
 * the card and the loss back, as the trainer's do; PyTorch's batch lies on the card.
 */
public final class CudaSteps implements Benchmark {
  private static final String NAME = "cuda";
  private static final String ROTE = "Rote";
  private static final int MANY = 16;
  private static final int PROCESSES = 4;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "training steps on an NVIDIA card beside PyTorch's, alone and many trials at once";
  }

  @Override
  public void run(BenchSession session) {
    Engine engine = Engines.named(NAME);
    String card;
    try {
      card = engine.description();
    } catch (IllegalStateException e) {
      session.progress("skipped: " + e.getMessage());
      return;
    }
    for (StepCase step : StepCase.ALL) {
      Path directory = session.directory("cuda-" + step.name().replaceAll("[^a-z0-9]+", "-"));
      StepFiles.write(step, directory, engine);
      alone(step, session, directory, card);
      if (step.batch() * step.blueprint().inputLength() < 1 << 17) {
        manyAtOnce(step, session, directory);
      }
    }
  }

  private static void alone(StepCase step, BenchSession session, Path directory, String card) {
    List<Contestant> contestants = new ArrayList<>();
    contestants.add(session.java(ROTE, RoteSteps.class, step.name(), directory.toString(), NAME));
    peer(step, session, directory, 1).forEach(contestants::add);
    Times times = new Race(contestants, Steps.TOLERANCE, session.seconds()).run(directory);
    double rote = times.of(ROTE).least();
    double operations = step.products().stream().mapToDouble(Product::operations).sum();
    session.add(
        row(
            step.name() + ", batch " + step.batch(),
            rote,
            times,
            Map.of(
                "rate",
                String.format(Locale.ROOT, "%.2f TFLOP/s", operations / rote * 1e-12),
                "engine",
                card)));
  }

  private static void manyAtOnce(StepCase step, BenchSession session, Path directory) {
    List<Contestant> contestants = new ArrayList<>();
    contestants.add(
        session.java(
            ROTE,
            TrialsAtOnce.class,
            step.name(),
            directory.toString(),
            NAME,
            Integer.toString(MANY)));
    List<Contestant> peers = peer(step, session, directory, PROCESSES);
    contestants.addAll(peers);
    Times times = new Race(contestants, Steps.TOLERANCE, session.seconds()).run(directory);
    /* Each piece is a step of every network. */
    double rote = times.of(ROTE).least() / MANY;
    Map<String, Double> others =
        peers.isEmpty()
            ? Map.of()
            : Map.of(
                peers.get(0).name(),
                times.of(peers.get(0).name()).least() / PROCESSES * Steps.MILLIS);
    session.add(
        new Row(
            NAME,
            step.name() + ", batch " + step.batch() + ", " + MANY + " trials at once",
            "ms/step of any",
            rote * Steps.MILLIS,
            others,
            OptionalDouble.empty(),
            Map.of()));
  }

  private static Row row(String subject, double rote, Times times, Map<String, String> notes) {
    return new Row(
        NAME,
        subject,
        "ms/step",
        rote * Steps.MILLIS,
        times.besides(ROTE, Steps.MILLIS),
        OptionalDouble.empty(),
        notes);
  }

  private static List<Contestant> peer(
      StepCase step, BenchSession session, Path directory, int processes) {
    String name = processes == 1 ? "PyTorch" : "PyTorch, " + processes + " processes";
    return session
        .torch(
            name,
            "steps.py",
            directory.toString(),
            step.written(),
            Integer.toString(step.batch()),
            Integer.toString(step.threads()),
            Double.toString(step.rate()),
            NAME,
            Integer.toString(processes))
        .stream()
        .toList();
  }
}
