package dev.rote.benchmarks.step;

import dev.rote.benchmarks.race.Work;
import dev.rote.networks.Network;
import dev.rote.networks.StepSettings;
import dev.rote.v1.RegularizationSpec;
import java.io.IOException;
import java.nio.file.Path;

/** Steps of Rote's engine. */
final class RoteSteps implements Work {
  static final int CHECKED_STEPS = 5;

  private final Network network;
  private final float[] inputs;
  private final int[] labels;
  private final int checked;
  private long step;

  private RoteSteps(StepCase step, StepFiles files, int checked) {
    this.checked = checked;
    this.network = files.network(step);
    this.inputs = files.inputs();
    this.labels = files.labels();
  }

  /**
   * Answers a race.
   *
   * @param arguments name of the case, directory of its files; a third one drops the check
   */
  public static void main(String[] arguments) throws IOException {
    StepCase step = StepCase.named(arguments[0]);
    int checked = arguments.length == 2 ? CHECKED_STEPS : 0;
    Work.serve(new RoteSteps(step, new StepFiles(Path.of(arguments[1])), checked));
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
        new StepSettings(StepCase.RATE, 0, RegularizationSpec.getDefaultInstance(), 1, step++);
    return network.step(inputs, labels, labels.length, settings);
  }
}
