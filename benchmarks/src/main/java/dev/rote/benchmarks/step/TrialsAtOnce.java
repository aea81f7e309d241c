package dev.rote.benchmarks.step;

import dev.rote.benchmarks.race.Work;
import dev.rote.networks.Engine;
import dev.rote.networks.Engines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** Steps of several networks at once, each on a thread of its own, as a trainer's slots do. */
final class TrialsAtOnce implements Work {
  private final List<RoteSteps> trials;
  private final ExecutorService threads;

  private TrialsAtOnce(List<RoteSteps> trials) {
    this.trials = trials;
    this.threads = Executors.newFixedThreadPool(trials.size());
  }

  /**
   * Answers a race.
   *
   * @param arguments name of the case, directory of its files, engine, number of networks
   */
  public static void main(String[] arguments) throws IOException {
    StepCase step = StepCase.named(arguments[0]);
    StepFiles files = new StepFiles(Path.of(arguments[1]));
    Engine engine = Engines.named(arguments[2]);
    int count = Integer.parseInt(arguments[3]);
    TrialsAtOnce work =
        new TrialsAtOnce(
            IntStream.range(0, count)
                .mapToObj(i -> new RoteSteps(step, files, engine, true))
                .toList());
    Work.serve(work);
    work.threads.shutdown();
  }

  @Override
  public double[] check() {
    return trials.get(0).check();
  }

  /** Each network does so many steps. */
  @Override
  public void run(int times) {
    CompletableFuture<?>[] runs =
        trials.stream()
            .map(trial -> CompletableFuture.runAsync(() -> trial.run(times), threads))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(runs).join();
  }
}
