package dev.rote.spec;

import dev.rote.blueprint.Ability;
import dev.rote.blueprint.Models;
import dev.rote.v1.LossSensitivity;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.OptimizerSpec;
import dev.rote.v1.RegularizationSpec;
import dev.rote.v1.TrialSpec;
import java.util.Locale;

/** Loss-sensitivity through the unrolled trajectory. */
final class LossSensitivityKind implements MeasurementKind {
  private static final int MOST_CLASSES = 100;

  @Override
  public MeasurementSpec.KindCase field() {
    return MeasurementSpec.KindCase.LOSS_SENSITIVITY;
  }

  @Override
  public boolean ofWholeRun() {
    return true;
  }

  @Override
  public void fill(MeasurementSpec.Builder spec) {
    LossSensitivity sensitivity = spec.getLossSensitivity();
    spec.setLossSensitivity(
        LossSensitivity.newBuilder()
            .setCount(sensitivity.getCount())
            .setTailSteps(sensitivity.hasTailSteps() ? sensitivity.getTailSteps() : 500)
            .setEverySteps(sensitivity.hasEverySteps() ? sensitivity.getEverySteps() : 2)
            .setNorm(sensitivity.hasNorm() ? sensitivity.getNorm() : LossSensitivity.Norm.L1)
            .setClassMatrix(sensitivity.getClassMatrix()));
  }

  @Override
  public void check(Checks checks, MeasurementSpec spec) {
    LossSensitivity sensitivity = spec.getLossSensitivity();
    checks.inRange("count", sensitivity.getCount(), 0, 100_000_000);
    checks.inRange("tailSteps", sensitivity.getTailSteps(), 1, 1_000_000);
    checks.inRange("everySteps", sensitivity.getEverySteps(), 1, 1_000_000);
  }

  @Override
  public void checkTrial(Checks checks, MeasurementSpec spec, TrialSpec trial) {
    Models.lacking(trial.getModel(), Ability.UNROLLED_STEPS)
        .ifPresent(lacking -> checks.violate("", lacking));
    checks.require(
        trial.getOptimizer().getMomentum() == 0,
        "",
        "unrolls plain SGD: set optimizer.momentum to 0, was "
            + TreeReader.number(trial.getOptimizer().getMomentum()));
    OptimizerSpec optimizer = trial.getOptimizer();
    checks.require(
        optimizer.getKindCase() == OptimizerSpec.KindCase.KIND_NOT_SET,
        "",
        "unrolls plain SGD: leave out optimizer."
            + optimizer.getKindCase().name().toLowerCase(Locale.ROOT));
    checks.require(!optimizer.hasClipNorm(), "", "unrolls plain SGD: leave out optimizer.clipNorm");
    RegularizationSpec regularization = trial.getRegularization();
    checks.require(
        optimizer.getDecayTouches() != OptimizerSpec.DecayTouches.ALL
            || regularization.getWeightDecay() == 0,
        "",
        "unrolls a weight decay of weights alone: leave out optimizer.decayTouches");
    checks.require(
        regularization.getDropout() == 0
            && regularization.getInputDropout() == 0
            && regularization.getInputNoise() == 0
            && regularization.getHiddenNoise() == 0
            && !regularization.hasAdversarial(),
        "",
        "unrolls SGD without dropout, noise and adversarial training: set them to 0");
    checks.require(
        !trial.hasAugmentation(),
        "",
        "takes derivatives by pictures that are the same at each visit: leave out"
            + " trial.augmentation");
    int classes = DatasetFacts.classesOf(trial);
    checks.require(
        !spec.getLossSensitivity().getClassMatrix() || classes <= MOST_CLASSES,
        "classMatrix",
        "needs at most " + MOST_CLASSES + " classes, were " + classes);
  }
}
