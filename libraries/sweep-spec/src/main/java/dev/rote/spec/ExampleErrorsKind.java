package dev.rote.spec;

import dev.rote.v1.ExampleSelection;
import dev.rote.v1.MeasurementSpec;
import java.util.List;

/** Errors and losses of single examples. */
final class ExampleErrorsKind implements MeasurementKind {
  @Override
  public MeasurementSpec.KindCase field() {
    return MeasurementSpec.KindCase.EXAMPLE_ERRORS;
  }

  @Override
  public void fill(MeasurementSpec.Builder spec) {
    spec.getExampleErrorsBuilder()
        .setExamples(
            MeasurementKinds.examples(
                spec.getExampleErrors().getExamples(), ExampleSelection.Split.TRAINING, 1000));
  }

  @Override
  public void check(Checks checks, MeasurementSpec spec) {
    MeasurementKinds.check(checks, spec.getExampleErrors().getExamples());
  }

  @Override
  public List<String> pictured(MeasurementSpec spec) {
    return ErrorScoreNames.ALL;
  }
}
