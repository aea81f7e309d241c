package dev.rote.spec;

import dev.rote.v1.ExampleSelection;
import dev.rote.v1.MeasurementSpec;

/** Accuracy and mean loss of a split. */
final class AccuracyKind implements MeasurementKind {
  @Override
  public MeasurementSpec.KindCase field() {
    return MeasurementSpec.KindCase.ACCURACY;
  }

  @Override
  public void fill(MeasurementSpec.Builder spec) {
    spec.getAccuracyBuilder()
        .setExamples(
            MeasurementKinds.examples(
                spec.getAccuracy().getExamples(), ExampleSelection.Split.VALIDATION, 0));
  }

  @Override
  public void check(Checks checks, MeasurementSpec spec) {
    MeasurementKinds.check(checks, spec.getAccuracy().getExamples());
  }
}
