package dev.rote.spec;

import dev.rote.v1.AdamW;
import dev.rote.v1.LossSpec;
import dev.rote.v1.OneCycle;
import dev.rote.v1.OptimizerSpec;
import dev.rote.v1.OptimizerSpec.KindCase;
import dev.rote.v1.TrialSpec;
import dev.rote.v1.Warmup;
import java.util.List;

/** What must hold of optimiser, schedule and loss, defaults filled in. */
final class RecipeChecks {
  private static final int MOST_EPOCHS = 1_000_000;

  /** Longer runs than this have no use for a rise or a fall that is counted in steps. */
  private static final int MOST_STEPS = 1_000_000_000;

  private RecipeChecks() {}

  static void check(Checks checks, TrialSpec trial) {
    OptimizerSpec optimizer = trial.getOptimizer();
    Checks at = checks.in("optimizer");
    at.positive("learningRate", optimizer.getLearningRate());
    at.probabilityBelowOne("momentum", optimizer.getMomentum());
    if (optimizer.hasClipNorm()) {
      at.positive("clipNorm", optimizer.getClipNorm());
    }
    kind(at, trial);
    schedule(at, optimizer);
    if (optimizer.hasWarmup()) {
      warmup(at.in("warmup"), optimizer.getWarmup(), trial.getTraining().getEpochs());
    }
    loss(checks.in("loss"), trial.getLoss());
  }

  private static void kind(Checks at, TrialSpec trial) {
    OptimizerSpec optimizer = trial.getOptimizer();
    boolean sgd = optimizer.getKindCase() == KindCase.KIND_NOT_SET;
    at.require(
        sgd || optimizer.getMomentum() == 0,
        "momentum",
        "is of SGD alone: write beta1 of the optimiser, was "
            + TreeReader.number(optimizer.getMomentum()));
    at.require(
        !optimizer.getNesterov() || (sgd && optimizer.getMomentum() > 0),
        "nesterov",
        "needs SGD with momentum above 0, was " + (sgd ? "momentum 0" : "another optimiser"));
    if (optimizer.hasAdam()) {
      moments(
          at.in("adam"),
          optimizer.getAdam().getBeta1(),
          optimizer.getAdam().getBeta2(),
          optimizer.getAdam().getEps());
    }
    if (optimizer.hasAdamw()) {
      AdamW adam = optimizer.getAdamw();
      moments(at.in("adamw"), adam.getBeta1(), adam.getBeta2(), adam.getEps());
      at.notNegative("adamw.weightDecay", adam.getWeightDecay());
      double l2 = trial.getRegularization().getWeightDecay();
      at.require(
          l2 == 0,
          "adamw",
          "decays weights apart from the gradient: write adamw.weightDecay and leave out"
              + " regularization.weightDecay, which is L2, was "
              + TreeReader.number(l2));
    }
  }

  private static void moments(Checks at, double beta1, double beta2, double eps) {
    at.probabilityBelowOne("beta1", beta1);
    at.probabilityBelowOne("beta2", beta2);
    at.positive("eps", eps);
  }

  private static void schedule(Checks at, OptimizerSpec optimizer) {
    double rate = optimizer.getLearningRate();
    switch (optimizer.getScheduleCase()) {
      case STEP_DECAY -> {
        aboveZeroToOne(at, "stepDecay.factor", optimizer.getStepDecay().getFactor());
        at.inRange(
            "stepDecay.everyEpochs", optimizer.getStepDecay().getEveryEpochs(), 1, MOST_EPOCHS);
      }
      case COSINE_DECAY ->
          at.inRange("cosineDecay.etaMin", optimizer.getCosineDecay().getEtaMin(), 0, rate);
      case MILESTONES -> {
        aboveZeroToOne(at, "milestones.gamma", optimizer.getMilestones().getGamma());
        milestones(at.in("milestones"), optimizer.getMilestones().getMilestonesList());
      }
      case COSINE_RESTARTS -> {
        Checks in = at.in("cosineRestarts");
        in.inRange("t0", optimizer.getCosineRestarts().getT0(), 1, MOST_EPOCHS);
        in.inRange("tMult", optimizer.getCosineRestarts().getTMult(), 1, MOST_EPOCHS);
        in.inRange("etaMin", optimizer.getCosineRestarts().getEtaMin(), 0, rate);
      }
      case TRIANGLE -> triangle(at.in("triangle"), optimizer);
      case ONE_CYCLE -> oneCycle(at.in("oneCycle"), optimizer);
      case SCHEDULE_NOT_SET -> {}
    }
  }

  private static void milestones(Checks at, List<Integer> milestones) {
    at.require(!milestones.isEmpty(), "milestones", "must be at least one; none is written");
    long before = 0;
    for (int i = 0; i < milestones.size(); i++) {
      long epoch = Integer.toUnsignedLong(milestones.get(i));
      at.require(
          epoch > before && epoch <= MOST_EPOCHS,
          "milestones[" + i + "]",
          i == 0
              ? "must be in [1, " + MOST_EPOCHS + "], was " + epoch
              : "must be above the one before it, "
                  + before
                  + ", and at most "
                  + MOST_EPOCHS
                  + ", was "
                  + epoch);
      before = epoch;
    }
  }

  private static void triangle(Checks at, OptimizerSpec optimizer) {
    at.inRange("baseLr", optimizer.getTriangle().getBaseLr(), 0, optimizer.getLearningRate());
    if (optimizer.getTriangle().hasStepSizeUp()) {
      at.inRange("stepSizeUp", optimizer.getTriangle().getStepSizeUp(), 1, MOST_STEPS);
    }
    if (optimizer.getTriangle().hasStepSizeDown()) {
      at.inRange("stepSizeDown", optimizer.getTriangle().getStepSizeDown(), 1, MOST_STEPS);
    }
  }

  private static void oneCycle(Checks at, OptimizerSpec optimizer) {
    OneCycle cycle = optimizer.getOneCycle();
    double start = cycle.getPctStart();
    at.require(
        start > 0 && start < 1, "pctStart", "must be in (0, 1), was " + TreeReader.number(start));
    at.probabilityBelowOne("maxMomentum", cycle.getMaxMomentum());
    at.inRange("baseMomentum", cycle.getBaseMomentum(), 0, cycle.getMaxMomentum());
    atLeastOne(at, "divFactor", cycle.getDivFactor());
    atLeastOne(at, "finalDivFactor", cycle.getFinalDivFactor());
    boolean without =
        optimizer.getKindCase() == KindCase.KIND_NOT_SET && optimizer.getMomentum() == 0;
    at.require(
        !cycle.getCycleMomentum() || !without,
        "cycleMomentum",
        "needs momentum: write optimizer.momentum above 0, or cycleMomentum: false");
  }

  private static void warmup(Checks at, Warmup warmup, int cap) {
    aboveZeroToOne(at, "startFactor", warmup.getStartFactor());
    at.require(
        warmup.hasEpochs() != warmup.hasSteps(),
        "",
        "must have one of epochs and steps, had " + (warmup.hasEpochs() ? "both" : "neither"));
    if (warmup.hasEpochs()) {
      at.inRange("epochs", warmup.getEpochs(), 1, Integer.toUnsignedLong(cap) - 1);
    }
    if (warmup.hasSteps()) {
      at.inRange("steps", warmup.getSteps(), 1, MOST_STEPS);
    }
  }

  private static void loss(Checks at, LossSpec loss) {
    if (loss.hasCrossEntropy()) {
      at.probabilityBelowOne(
          "crossEntropy.labelSmoothing", loss.getCrossEntropy().getLabelSmoothing());
    }
  }

  private static void aboveZeroToOne(Checks at, String field, double value) {
    at.require(
        value > 0 && value <= 1, field, "must be in (0, 1], was " + TreeReader.number(value));
  }

  private static void atLeastOne(Checks at, String field, double value) {
    at.require(
        value >= 1 && Double.isFinite(value),
        field,
        "must be finite and at least 1, was " + TreeReader.number(value));
  }
}
