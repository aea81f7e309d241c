package dev.rote.benchmarks.gradients;

import dev.rote.benchmarks.race.Work;
import dev.rote.benchmarks.step.StepCase;
import dev.rote.benchmarks.step.StepFiles;
import dev.rote.networks.Engines;
import dev.rote.networks.Insight;
import java.io.IOException;
import java.nio.file.Path;

/** All examples of a batch together. */
final class Norms implements Work {
  private final Insight insight;
  private final float[] inputs;
  private final int[] labels;

  private Norms(StepCase step, StepFiles files) {
    this.insight = files.network(step, Engines.named(Engines.DEFAULT)).insight();
    this.inputs = files.inputs();
    this.labels = files.labels();
  }

  /**
   * Answers a race.
   *
   * @param arguments name of the case, directory of its files, examples
   */
  public static void main(String[] arguments) throws IOException {
    StepCase step = ExampleGradients.of(arguments[0], Integer.parseInt(arguments[2]));
    Work.serve(new Norms(step, new StepFiles(Path.of(arguments[1]))));
  }

  /** Squared norms. */
  @Override
  public double[] check() {
    double[] squares = new double[labels.length];
    insight.gradientNorms(inputs, labels, labels.length, squares);
    return squares;
  }

  @Override
  public void run(int times) {
    for (int i = 0; i < times; i++) {
      check();
    }
  }
}
