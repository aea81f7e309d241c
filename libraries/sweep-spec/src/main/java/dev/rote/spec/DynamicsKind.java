package dev.rote.spec;

import dev.rote.v1.DynamicsMeasure;
import dev.rote.v1.DynamicsMeasure.Score;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.TrainingSpec.Sampling;
import dev.rote.v1.TrialSpec;
import java.util.List;
import java.util.stream.Collectors;

/** Training dynamics of single examples. */
final class DynamicsKind implements MeasurementKind {
  @Override
  public MeasurementSpec.KindCase field() {
    return MeasurementSpec.KindCase.DYNAMICS;
  }

  @Override
  public boolean ofTrace() {
    return true;
  }

  @Override
  public List<String> scores(MeasurementSpec spec) {
    return spec.getDynamics().getScoresList().stream().map(DynamicsScores::name).toList();
  }

  /* In the order of the contract, in which they are written does not count. */
  @Override
  public void fill(MeasurementSpec.Builder spec) {
    List<Score> written = spec.getDynamics().getScoresList();
    spec.setDynamics(
        spec.getDynamics().toBuilder()
            .setAumBeforeRateDrop(spec.getDynamics().getAumBeforeRateDrop())
            .clearScores()
            .addAllScores(
                written.isEmpty() ? DynamicsScores.DEFAULT : written.stream().sorted().toList()));
  }

  @Override
  public void check(Checks checks, MeasurementSpec spec) {
    DynamicsMeasure dynamics = spec.getDynamics();
    for (int i = 0; i < dynamics.getScoresCount(); i++) {
      Score score = dynamics.getScores(i);
      checks.require(
          score != Score.UNSPECIFIED, "scores[" + i + "]", "must be a score, was UNSPECIFIED");
      checks.require(
          i == 0 || score != dynamics.getScores(i - 1),
          "scores",
          "must have each score once, was " + score + " again");
    }
    checks.require(
        !dynamics.getAumBeforeRateDrop()
            || dynamics.getScoresList().contains(Score.AUM)
            || dynamics.getScoresList().contains(Score.AUM_OVER_THRESHOLD),
        "aumBeforeRateDrop",
        "is for AUM and AUM_OVER_THRESHOLD alone: add one to scores");
    if (dynamics.hasUntilEpoch()) {
      checks.inRange("untilEpoch", dynamics.getUntilEpoch(), 1, 1_000_000);
    }
  }

  @Override
  public void checkTrial(Checks checks, MeasurementSpec spec, TrialSpec trial) {
    DynamicsMeasure dynamics = spec.getDynamics();
    checks.require(
        !dynamics.hasUntilEpoch() || dynamics.getUntilEpoch() <= trial.getTraining().getEpochs(),
        "untilEpoch",
        "must be at most training.epochs = "
            + trial.getTraining().getEpochs()
            + ", was "
            + dynamics.getUntilEpoch());
    checks.require(
        !dynamics.getScoresList().contains(Score.AUM_OVER_THRESHOLD)
            || trial.getCorruption().hasThresholdClass(),
        "scores",
        "AUM_OVER_THRESHOLD needs examples of a class that does not exist: write"
            + " corruption: {thresholdClass: {}}, or leave the score out");
    String presented =
        dynamics.getScoresList().stream()
            .filter(DynamicsScores::ofPresentations)
            .map(Score::name)
            .collect(Collectors.joining(", "));
    String others =
        DynamicsScores.DEFAULT.stream()
            .filter(score -> !DynamicsScores.ofPresentations(score))
            .map(Score::name)
            .collect(Collectors.joining(", "));
    checks.require(
        presented.isEmpty() || trial.getTraining().getSampling() != Sampling.WITH_REPLACEMENT,
        "scores",
        "of presentations need an epoch that presents each example once: leave out "
            + presented
            + " or training.sampling WITH_REPLACEMENT; without it are "
            + others);
    checks.require(
        presented.isEmpty() || !trial.getAugmentation().hasMixup(),
        "scores",
        "of presentations need an example with its own label: leave out "
            + presented
            + " or augmentation.mixup; with it are "
            + others);
  }
}
