package dev.rote.benchmarks.lass;

import dev.rote.benchmarks.race.Work;
import dev.rote.benchmarks.step.StepFiles;
import dev.rote.critical.CriticalSearch;
import dev.rote.critical.SearchOutcome;
import dev.rote.networks.Engines;
import dev.rote.networks.Network;
import java.io.IOException;
import java.nio.file.Path;

/** Rote's search. */
final class RoteSearch implements Work {
  private final LassCase lass;
  private final Network network;
  private final float[] inputs;

  private RoteSearch(LassCase lass, StepFiles files) {
    this.lass = lass;
    this.network = files.network(lass.step(), Engines.named(Engines.DEFAULT));
    this.inputs = files.inputs();
  }

  /**
   * Answers a race.
   *
   * @param arguments name of the case, directory of its files
   */
  public static void main(String[] arguments) throws IOException {
    Work.serve(new RoteSearch(LassCase.named(arguments[0]), new StepFiles(Path.of(arguments[1]))));
  }

  /** Critical sample ratios without noise and with it. */
  @Override
  public double[] check() {
    return new double[] {search(false).ratio(), search(true).ratio()};
  }

  @Override
  public void run(int times) {
    for (int i = 0; i < times; i++) {
      search(true);
    }
  }

  private SearchOutcome search(boolean noisy) {
    return new CriticalSearch(network, lass.rule(noisy), 1)
        .search(inputs.clone(), lass.step().batch(), 0, () -> {});
  }
}
