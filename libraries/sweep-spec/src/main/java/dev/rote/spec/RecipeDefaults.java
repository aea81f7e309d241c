package dev.rote.spec;

import dev.rote.v1.Adam;
import dev.rote.v1.AdamW;
import dev.rote.v1.CosineDecay;
import dev.rote.v1.CosineRestarts;
import dev.rote.v1.LossSpec;
import dev.rote.v1.LossSpec.CrossEntropy;
import dev.rote.v1.LossSpec.SquaredError;
import dev.rote.v1.Milestones;
import dev.rote.v1.OneCycle;
import dev.rote.v1.OptimizerSpec;
import dev.rote.v1.StepDecay;
import dev.rote.v1.Triangle;
import dev.rote.v1.Warmup;
import java.util.Optional;

/**
 * Defaults of optimisers, schedules and losses. What came after the first release and equals its
 * default is cleared, so that a trial's id is the same whether it is written or not.
 */
final class RecipeDefaults {
  private RecipeDefaults() {}

  static OptimizerSpec fill(OptimizerSpec optimizer) {
    OptimizerSpec.Builder filled = optimizer.toBuilder();
    filled.setLearningRate(optimizer.hasLearningRate() ? optimizer.getLearningRate() : 0.01);
    filled.setMomentum(optimizer.getMomentum());
    schedule(optimizer, filled);
    if (optimizer.hasWarmup()) {
      Warmup warmup = optimizer.getWarmup();
      filled.setWarmup(
          warmup.toBuilder()
              .setStartFactor(warmup.hasStartFactor() ? warmup.getStartFactor() : 1.0 / 3));
    }
    if (!optimizer.getNesterov()) {
      filled.clearNesterov();
    }
    if (optimizer.getDecayTouches() == OptimizerSpec.DecayTouches.WEIGHTS) {
      filled.clearDecayTouches();
    }
    kind(optimizer, filled);
    return filled.build();
  }

  private static void kind(OptimizerSpec optimizer, OptimizerSpec.Builder filled) {
    if (optimizer.hasAdam()) {
      Adam adam = optimizer.getAdam();
      filled.setAdam(
          Adam.newBuilder()
              .setBeta1(adam.hasBeta1() ? adam.getBeta1() : 0.9)
              .setBeta2(adam.hasBeta2() ? adam.getBeta2() : 0.999)
              .setEps(adam.hasEps() ? adam.getEps() : 1e-8));
    } else if (optimizer.hasAdamw()) {
      AdamW adam = optimizer.getAdamw();
      filled.setAdamw(
          AdamW.newBuilder()
              .setBeta1(adam.hasBeta1() ? adam.getBeta1() : 0.9)
              .setBeta2(adam.hasBeta2() ? adam.getBeta2() : 0.999)
              .setEps(adam.hasEps() ? adam.getEps() : 1e-8)
              .setWeightDecay(adam.hasWeightDecay() ? adam.getWeightDecay() : 0.01));
    }
  }

  private static void schedule(OptimizerSpec optimizer, OptimizerSpec.Builder filled) {
    switch (optimizer.getScheduleCase()) {
      case STEP_DECAY -> filled.setStepDecay(fill(optimizer.getStepDecay()));
      case COSINE_DECAY -> {
        if (optimizer.getCosineDecay().getEtaMin() == 0) {
          filled.setCosineDecay(CosineDecay.getDefaultInstance());
        }
      }
      case MILESTONES -> {
        Milestones milestones = optimizer.getMilestones();
        filled.setMilestones(
            milestones.toBuilder().setGamma(milestones.hasGamma() ? milestones.getGamma() : 0.1));
      }
      case COSINE_RESTARTS -> {
        CosineRestarts restarts = optimizer.getCosineRestarts();
        filled.setCosineRestarts(
            restarts.toBuilder()
                .setTMult(restarts.hasTMult() ? restarts.getTMult() : 1)
                .setEtaMin(restarts.getEtaMin()));
      }
      case TRIANGLE -> {
        Triangle triangle = optimizer.getTriangle();
        filled.setTriangle(triangle.toBuilder().setBaseLr(triangle.getBaseLr()));
      }
      case ONE_CYCLE -> filled.setOneCycle(fill(optimizer.getOneCycle()));
      case SCHEDULE_NOT_SET -> {}
    }
  }

  private static StepDecay fill(StepDecay decay) {
    return StepDecay.newBuilder()
        .setFactor(decay.hasFactor() ? decay.getFactor() : 0.5)
        .setEveryEpochs(decay.hasEveryEpochs() ? decay.getEveryEpochs() : 15)
        .build();
  }

  private static OneCycle fill(OneCycle cycle) {
    return OneCycle.newBuilder()
        .setPctStart(cycle.hasPctStart() ? cycle.getPctStart() : 0.3)
        .setAnnealStrategy(
            cycle.hasAnnealStrategy() ? cycle.getAnnealStrategy() : OneCycle.AnnealStrategy.COS)
        .setCycleMomentum(!cycle.hasCycleMomentum() || cycle.getCycleMomentum())
        .setBaseMomentum(cycle.hasBaseMomentum() ? cycle.getBaseMomentum() : 0.85)
        .setMaxMomentum(cycle.hasMaxMomentum() ? cycle.getMaxMomentum() : 0.95)
        .setDivFactor(cycle.hasDivFactor() ? cycle.getDivFactor() : 25)
        .setFinalDivFactor(cycle.hasFinalDivFactor() ? cycle.getFinalDivFactor() : 1e4)
        .build();
  }

  /** The loss, if it is another than plain cross-entropy. */
  static Optional<LossSpec> fill(LossSpec loss) {
    return switch (loss.getKindCase()) {
      case KIND_NOT_SET -> Optional.empty();
      case CROSS_ENTROPY -> {
        CrossEntropy entropy = loss.getCrossEntropy();
        yield entropy.getLabelSmoothing() == 0
            ? Optional.empty()
            : Optional.of(LossSpec.newBuilder().setCrossEntropy(entropy).build());
      }
      case SQUARED_ERROR -> {
        SquaredError error = loss.getSquaredError();
        yield Optional.of(
            LossSpec.newBuilder()
                .setSquaredError(
                    error.toBuilder()
                        .setOf(error.hasOf() ? error.getOf() : SquaredError.Of.PROBABILITIES))
                .build());
      }
      case SHIFTED_LOG -> Optional.of(loss);
    };
  }
}
