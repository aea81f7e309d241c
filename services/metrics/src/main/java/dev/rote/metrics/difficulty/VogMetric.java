package dev.rote.metrics.difficulty;

import dev.rote.blueprint.Blueprint;
import dev.rote.metrics.examples.ExampleSet;
import dev.rote.metrics.metric.CheckpointsMetric;
import dev.rote.metrics.metric.CountedPulses;
import dev.rote.metrics.metric.MeasuredTrial;
import dev.rote.networks.Network;
import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.MeasurementSpec;
import java.util.Arrays;
import java.util.List;

/**
 * Variance of gradients over checkpoints, {@link GradientVariance}, in blocks of examples whose
 * means and squares fit into memory: each goes through all checkpoints.
 */
public final class VogMetric implements CheckpointsMetric {
  private static final long BLOCK_BYTES = 128L << 20;

  @Override
  public MeasurementSpec.KindCase field() {
    return MeasurementSpec.KindCase.VOG;
  }

  @Override
  public CheckpointMeasurement.Builder measureOver(
      MeasuredTrial trial, List<Integer> epochs, MeasurementSpec spec, Runnable pulse) {
    ExampleSet examples = trial.examples(spec.getVog().getExamples());
    double[] vog = new double[examples.size()];
    CountedPulses.expect(pulse, (epochs.size() + 1) * ExampleBatches.count(examples.size()));
    for (int from = 0; from < vog.length; ) {
      Block block = new Block(examples, from);
      for (int epoch : epochs) {
        try (Network network = trial.network(epoch)) {
          block.add(network, pulse);
        }
      }
      from += block.read(vog);
    }
    int[] labels = new int[vog.length];
    Arrays.setAll(labels, examples::label);
    try (Network network = trial.network(epochs.get(epochs.size() - 1))) {
      int classes = network.blueprint().classes();
      return new Scores(examples)
          .hard("vog", GradientVariance.normalised(vog, labels, classes))
          .hard("vogUnnormalized", vog)
          .predicted(Predicted.by(network, examples, pulse))
          .measured();
    }
  }

  private static final class Block {
    private final ExampleSet examples;
    private final int from;
    private int to;
    private GradientVariance variance = new GradientVariance(0, 1, 1);

    Block(ExampleSet examples, int from) {
      this.examples = examples;
      this.from = from;
      this.to = from;
    }

    void add(Network network, Runnable pulse) {
      Blueprint blueprint = network.blueprint();
      int length = blueprint.inputLength();
      if (to == from) {
        begin(blueprint);
      }
      new ExampleBatches(examples, length, pulse)
          .each(
              from,
              to,
              (first, n, inputs, labels) -> {
                float[] gradients = new float[n * length];
                network.insight().logitGradient(inputs, labels, n, gradients);
                for (int i = 0; i < n; i++) {
                  variance.add(first - from + i, gradients, i * length);
                }
              });
    }

    private void begin(Blueprint blueprint) {
      int channels = blueprint.input().getChannels();
      int pixels = blueprint.inputLength() / channels;
      long fitting = Math.max(1, BLOCK_BYTES / GradientVariance.bytes(pixels));
      to = (int) Math.min(examples.size(), from + fitting);
      variance = new GradientVariance(to - from, channels, pixels);
    }

    /** Writes its values and says how many. */
    int read(double[] vog) {
      for (int i = from; i < to; i++) {
        vog[i] = variance.of(i - from);
      }
      return to - from;
    }
  }
}
