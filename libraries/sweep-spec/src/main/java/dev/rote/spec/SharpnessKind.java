package dev.rote.spec;

import dev.rote.blueprint.Ability;
import dev.rote.blueprint.Models;
import dev.rote.v1.ExampleSelection;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.Sharpness;
import dev.rote.v1.TrialSpec;

/** Largest eigenvalue of the loss's Hessian. */
final class SharpnessKind implements MeasurementKind {
  @Override
  public MeasurementSpec.KindCase field() {
    return MeasurementSpec.KindCase.SHARPNESS;
  }

  @Override
  public void fill(MeasurementSpec.Builder spec) {
    Sharpness sharpness = spec.getSharpness();
    spec.setSharpness(
        Sharpness.newBuilder()
            .setExamples(
                MeasurementKinds.examples(
                    sharpness.getExamples(), ExampleSelection.Split.TRAINING, 1000))
            .setIterations(sharpness.hasIterations() ? sharpness.getIterations() : 100)
            .setTolerance(sharpness.hasTolerance() ? sharpness.getTolerance() : 1e-3)
            .setSeed(sharpness.hasSeed() ? sharpness.getSeed() : 1));
  }

  @Override
  public void check(Checks checks, MeasurementSpec spec) {
    Sharpness sharpness = spec.getSharpness();
    MeasurementKinds.check(checks, sharpness.getExamples());
    checks.inRange("iterations", sharpness.getIterations(), 1, 10_000);
    checks.require(
        sharpness.getTolerance() > 0 && sharpness.getTolerance() < 1,
        "tolerance",
        "must be in (0, 1), was " + TreeReader.number(sharpness.getTolerance()));
  }

  @Override
  public void checkTrial(Checks checks, MeasurementSpec spec, TrialSpec trial) {
    Models.lacking(trial.getModel(), Ability.SECOND_DERIVATIVES)
        .ifPresent(lacking -> checks.violate("", lacking));
  }
}
