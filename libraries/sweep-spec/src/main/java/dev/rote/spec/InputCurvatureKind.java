package dev.rote.spec;

import dev.rote.v1.ExampleSelection;
import dev.rote.v1.InputCurvature;
import dev.rote.v1.MeasurementSpec;
import java.util.List;

/** How fast the gradient by the input turns around an example. */
final class InputCurvatureKind implements MeasurementKind {
  @Override
  public MeasurementSpec.KindCase field() {
    return MeasurementSpec.KindCase.INPUT_CURVATURE;
  }

  @Override
  public void fill(MeasurementSpec.Builder spec) {
    InputCurvature curvature = spec.getInputCurvature();
    spec.setInputCurvature(
        InputCurvature.newBuilder()
            .setExamples(
                MeasurementKinds.examples(
                    curvature.getExamples(), ExampleSelection.Split.TRAINING, 0))
            .setDraws(curvature.hasDraws() ? curvature.getDraws() : 10)
            .setStep(curvature.hasStep() ? curvature.getStep() : 1e-3)
            .setSeed(curvature.hasSeed() ? curvature.getSeed() : 1));
  }

  @Override
  public List<String> scores(MeasurementSpec spec) {
    return List.of("inputCurvature", "inputCurvatureNorm");
  }

  @Override
  public void check(Checks checks, MeasurementSpec spec) {
    InputCurvature curvature = spec.getInputCurvature();
    MeasurementKinds.check(checks, curvature.getExamples());
    checks.inRange("draws", curvature.getDraws(), 1, 1000);
    checks.require(
        curvature.getStep() > 0 && curvature.getStep() <= 1,
        "step",
        "must be in (0, 1], was " + TreeReader.number(curvature.getStep()));
  }
}
