package dev.rote.metrics.difficulty;

import dev.rote.blueprint.Blueprint;
import dev.rote.blueprint.Node;
import dev.rote.metrics.examples.ExampleSet;
import dev.rote.metrics.metric.CountedPulses;
import dev.rote.metrics.metric.MeasuredTrial;
import dev.rote.metrics.metric.Metric;
import dev.rote.networks.Network;
import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.LocalIntrinsicDimension;
import dev.rote.v1.MeasurementSpec;
import java.util.List;

/**
 * Local intrinsic dimension of a hidden node's output within batches, {@link IntrinsicDimension}.
 */
public final class LidMetric implements Metric {
  @Override
  public MeasurementSpec.KindCase field() {
    return MeasurementSpec.KindCase.LID;
  }

  @Override
  public CheckpointMeasurement.Builder measure(
      MeasuredTrial trial, int epoch, MeasurementSpec spec, Runnable pulse) {
    LocalIntrinsicDimension asked = spec.getLid();
    ExampleSet examples = trial.examples(asked.getExamples());
    CountedPulses.expect(
        pulse, batches(examples.size(), asked.getBatch()) + ExampleBatches.count(examples.size()));
    try (Network network = trial.network(epoch)) {
      return new Scores(examples)
          .hard("lid", of(network, examples, asked, pulse))
          .predicted(Predicted.by(network, examples, pulse))
          .measured();
    }
  }

  static double[] of(
      Network network, ExampleSet examples, LocalIntrinsicDimension asked, Runnable pulse) {
    Blueprint blueprint = network.blueprint();
    Node node =
        asked.hasNode()
            ? blueprint.nodes().get(blueprint.numberOf(asked.getNode()))
            : blueprint.nodes().get(blueprint.output().inputs().get(0));
    int width = node.extent().length();
    double[] dimensions = new double[examples.size()];
    int batches = batches(examples.size(), asked.getBatch());
    for (int b = 0; b < batches; b++) {
      int from = first(b, batches, examples.size());
      int n = first(b + 1, batches, examples.size()) - from;
      float[] inputs = new float[n * blueprint.inputLength()];
      float[] outputs = new float[n * width];
      examples.inputs(from, n, inputs);
      pulse.run();
      network.insight().activations(inputs, n, List.of(node.name()), new float[][] {outputs});
      double[] own = IntrinsicDimension.of(outputs, n, width, asked.getK());
      System.arraycopy(own, 0, dimensions, from, n);
    }
    return dimensions;
  }

  private static int batches(int examples, int batch) {
    return Math.max(1, examples / batch);
  }

  /** First example of a batch of nearly equal ones. */
  private static int first(int batch, int batches, int examples) {
    return (int) ((long) batch * examples / batches);
  }
}
