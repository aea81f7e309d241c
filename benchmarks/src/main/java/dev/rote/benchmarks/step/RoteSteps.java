package dev.rote.benchmarks.step;

import dev.rote.benchmarks.race.Work;
import dev.rote.networks.Engine;
import dev.rote.networks.Engines;
import dev.rote.networks.Network;
import dev.rote.networks.StepSettings;
import dev.rote.v1.RegularizationSpec;
import java.io.IOException;
import java.nio.file.Path;

/** Steps of one of Rote's engines. */
final class RoteSteps implements Work {
  static final int CHECKED_STEPS = 5;

  private final Network network;
  private final float[] inputs;
  private final int[] labels;
  private final int checked;
  private final double rate;
  private long step;

  RoteSteps(StepCase step, StepFiles files, Engine engine, boolean checked) {
    this.rate = step.rate();
    this.checked = checked ? CHECKED_STEPS : 0;
    this.network = files.network(step, engine);
    this.inputs = files.inputs();
    this.labels = files.labels();
  }

  /**
   * Answers a race.
   *
   * @param arguments name of the case, directory of its files, engine; one more drops the check
   */
  public static void main(String[] arguments) throws IOException {
    StepCase step = StepCase.named(arguments[0]);
    StepFiles files = new StepFiles(Path.of(arguments[1]));
    Engine engine = Engines.named(arguments[2]);
    Work.serve(new RoteSteps(step, files, engine, arguments.length == 3));
  }

  @Override
  public double[] check() {
    double[] losses = new double[checked];
    for (int i = 0; i < checked; i++) {
      losses[i] = next();
    }
    return losses;
  }

  @Override
  public void run(int times) {
    for (int i = 0; i < times; i++) {
      next();
    }
  }

  private double next() {
    StepSettings settings =
        new StepSettings(rate, 0, RegularizationSpec.getDefaultInstance(), 1, step++);
    return network.step(inputs, labels, labels.length, settings);
  }
}
