package dev.rote.metrics.sharpness;

import dev.rote.metrics.examples.ExampleSet;
import dev.rote.metrics.metric.CountedPulses;
import dev.rote.metrics.metric.MeasuredTrial;
import dev.rote.metrics.metric.Metric;
import dev.rote.networks.Network;
import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.Sharpness;
import dev.rote.v1.SharpnessValues;

/** Largest eigenvalue of the loss's Hessian. */
public final class SharpnessMetric implements Metric {
  @Override
  public MeasurementSpec.KindCase field() {
    return MeasurementSpec.KindCase.SHARPNESS;
  }

  @Override
  public CheckpointMeasurement.Builder measure(
      MeasuredTrial trial, int epoch, MeasurementSpec spec, Runnable pulse) {
    Sharpness sharpness = spec.getSharpness();
    ExampleSet examples = trial.examples(sharpness.getExamples());
    try (Network network = trial.network(epoch)) {
      return CheckpointMeasurement.newBuilder()
          .setSharpness(
              SharpnessValues.newBuilder(values(sharpness, network, examples, pulse))
                  .setExamples(examples.size()));
    }
  }

  private static SharpnessValues values(
      Sharpness sharpness, Network network, ExampleSet examples, Runnable pulse) {
    if (examples.size() == 0) {
      return SharpnessValues.newBuilder()
          .setLargestEigenvalue(Double.NaN)
          .setResidual(Double.NaN)
          .build();
    }
    try (HessianOperator hessian = new HessianOperator(network, examples, pulse)) {
      CountedPulses.expect(pulse, sharpness.getIterations() * hessian.batches());
      Eigenpair pair =
          new Lanczos(hessian, sharpness.getIterations(), sharpness.getTolerance())
              .largest(sharpness.getSeed());
      return SharpnessValues.newBuilder()
          .setLargestEigenvalue(pair.value())
          .setIterations(pair.products())
          .setResidual(pair.residual())
          .setConverged(pair.converged())
          .build();
    }
  }
}
