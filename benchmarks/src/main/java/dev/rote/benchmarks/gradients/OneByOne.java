package dev.rote.benchmarks.gradients;

import dev.rote.benchmarks.race.Work;
import dev.rote.benchmarks.step.StepCase;
import dev.rote.benchmarks.step.StepFiles;
import dev.rote.networks.Directions;
import dev.rote.networks.Engines;
import dev.rote.networks.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** A gradient of each example, formed and measured. */
final class OneByOne implements Work {
  private static final double[] ONE = {1};

  private final Directions direction;
  private final float[] inputs;
  private final int[] labels;
  private final float[] gradient;

  private OneByOne(StepCase step, StepFiles files) {
    Network network = files.network(step, Engines.named(Engines.DEFAULT));
    this.direction = network.directions(1, 0, Directions.Mode.INFERENCE);
    this.inputs = files.inputs();
    this.labels = files.labels();
    this.gradient = new float[(int) network.parameters()];
  }

  /**
   * Answers a race.
   *
   * @param arguments name of the case, directory of its files, examples
   */
  public static void main(String[] arguments) throws IOException {
    StepCase step = ExampleGradients.of(arguments[0], Integer.parseInt(arguments[2]));
    Work.serve(new OneByOne(step, new StepFiles(Path.of(arguments[1]))));
  }

  /** Squared norms. */
  @Override
  public double[] check() {
    double[] squares = new double[labels.length];
    int length = inputs.length / labels.length;
    for (int i = 0; i < labels.length; i++) {
      float[] own = Arrays.copyOfRange(inputs, i * length, (i + 1) * length);
      direction.gradient(0, own, new int[] {labels[i]}, ONE, 1);
      direction.read(0, gradient);
      for (float each : gradient) {
        squares[i] += (double) each * each;
      }
    }
    return squares;
  }

  @Override
  public void run(int times) {
    for (int i = 0; i < times; i++) {
      check();
    }
  }
}
