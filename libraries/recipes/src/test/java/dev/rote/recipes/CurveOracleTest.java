package dev.rote.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.v1.OneCycle;
import dev.rote.v1.OptimizerSpec;
import dev.rote.v1.TrainingSpec;
import dev.rote.v1.Warmup;
import org.junit.jupiter.api.Test;

/** Schedules beside those of {@code torch.optim.lr_scheduler}, an epoch or a step at a time. */
class CurveOracleTest {
  private static OptimizerSpec.Builder optimizer() {
    return OptimizerSpec.newBuilder().setLearningRate(0.4);
  }

  /** Two steps an epoch, so that rates by epoch last for two. */
  private static Schedule schedule(OptimizerSpec.Builder optimizer, int epochs) {
    return new Schedule(
        TrainingSpec.newBuilder().setEpochs(epochs).setBatchSize(5).build(), optimizer.build(), 9);
  }

  private static void assertByEpoch(String name, OptimizerSpec.Builder optimizer, int epochs) {
    double[] recorded = Recorded.of("rate/" + name);
    Schedule schedule = schedule(optimizer, epochs);
    assertThat(schedule.stepsPerEpoch()).isEqualTo(2);
    for (int epoch = 0; epoch < recorded.length; epoch++) {
      for (int step = 2 * epoch; step < 2 * epoch + 2; step++) {
        assertThat(schedule.learningRate(step))
            .as("%s, epoch %d", name, epoch)
            .isCloseTo(recorded[epoch], within(1e-14));
      }
    }
  }

  private static void assertByStep(String name, OptimizerSpec.Builder optimizer, int epochs) {
    double[] recorded = Recorded.of("rate/" + name);
    Schedule schedule = schedule(optimizer, epochs);
    for (int step = 0; step < recorded.length; step++) {
      assertThat(schedule.learningRate(step))
          .as("%s, step %d", name, step)
          .isCloseTo(recorded[step], within(1e-14));
    }
  }

  @Test
  void learningRate_byEpoch_isPyTorchs() {
    OptimizerSpec.Builder step = optimizer();
    step.getStepDecayBuilder().setFactor(0.5).setEveryEpochs(3);
    assertByEpoch("step", step, 10);
    OptimizerSpec.Builder milestones = optimizer();
    milestones
        .getMilestonesBuilder()
        .addMilestones(2)
        .addMilestones(5)
        .addMilestones(6)
        .setGamma(0.2);
    assertByEpoch("milestones", milestones, 9);
    OptimizerSpec.Builder cosine = optimizer();
    cosine.getCosineDecayBuilder().setEtaMin(0.01);
    assertByEpoch("cosine", cosine, 8);
    OptimizerSpec.Builder restarts = optimizer();
    restarts.getCosineRestartsBuilder().setT0(3).setTMult(2).setEtaMin(0.01);
    assertByEpoch("restarts", restarts, 12);
  }

  @Test
  void learningRate_restartsOfOneLength_beginAgain() {
    OptimizerSpec.Builder restarts = optimizer();
    restarts.getCosineRestartsBuilder().setT0(3).setTMult(1);
    Schedule schedule = schedule(restarts, 12);
    for (int epoch = 0; epoch < 9; epoch++) {
      assertThat(schedule.learningRate(2L * epoch))
          .isEqualTo(schedule.learningRate(2L * (epoch % 3)));
    }
  }

  @Test
  void learningRate_warmup_isPyTorchsSequence() {
    Warmup.Builder four = Warmup.newBuilder().setStartFactor(0.25).setEpochs(4);
    assertByEpoch("warmup", optimizer().setWarmup(four), 8);
    assertByStep("warmup", optimizer().setWarmup(four.setSteps(4).clearEpochs()), 8);
    Warmup.Builder three = Warmup.newBuilder().setStartFactor(1.0 / 3).setEpochs(3);
    OptimizerSpec.Builder milestones = optimizer().setWarmup(three);
    milestones.getMilestonesBuilder().addMilestones(2).addMilestones(4).setGamma(0.1);
    assertByEpoch("warmup-milestones", milestones, 10);
    OptimizerSpec.Builder cosine = optimizer().setWarmup(three);
    cosine.getCosineDecayBuilder();
    assertByEpoch("warmup-cosine", cosine, 10);
  }

  @Test
  void learningRate_triangle_isCyclicLrs() {
    OptimizerSpec.Builder triangle = optimizer();
    triangle.getTriangleBuilder().setBaseLr(0.05).setStepSizeUp(4).setStepSizeDown(6);
    assertByStep("triangle", triangle, 8);
  }

  @Test
  void learningRate_triangleOfNoLength_isOneOverTheRun() {
    OptimizerSpec.Builder triangle = optimizer();
    triangle.getTriangleBuilder();
    Schedule schedule = schedule(triangle, 5);
    assertThat(schedule.steps()).isEqualTo(10);
    assertThat(schedule.learningRate(0)).isZero();
    assertThat(schedule.learningRate(5)).isEqualTo(0.4);
    assertThat(schedule.learningRate(4)).isCloseTo(0.32, within(1e-15));
    assertThat(schedule.learningRate(9)).isCloseTo(0.08, within(1e-15));
    triangle.getTriangleBuilder().setStepSizeUp(2);
    assertThat(schedule(triangle, 5).learningRate(4)).isZero();
  }

  @Test
  void oneCycle_ratesAndMomenta_arePyTorchs() {
    OptimizerSpec.Builder cycle = optimizer().setMomentum(0.9);
    cycle
        .getOneCycleBuilder()
        .setPctStart(0.3)
        .setAnnealStrategy(OneCycle.AnnealStrategy.COS)
        .setCycleMomentum(true)
        .setBaseMomentum(0.85)
        .setMaxMomentum(0.95)
        .setDivFactor(25)
        .setFinalDivFactor(1e4);
    assertByStep("onecycle", cycle, 10);
    Schedule schedule = schedule(cycle, 10);
    double[] momenta = Recorded.of("momentum/onecycle");
    for (int step = 0; step < momenta.length; step++) {
      assertThat(schedule.momentum(step)).isCloseTo(momenta[step], within(1e-14));
    }
    cycle
        .getOneCycleBuilder()
        .setPctStart(0.25)
        .setAnnealStrategy(OneCycle.AnnealStrategy.LINEAR)
        .setCycleMomentum(false)
        .setDivFactor(10)
        .setFinalDivFactor(100);
    assertByStep("onecycle-linear", cycle, 6);
    assertThat(schedule(cycle, 6).momentum(3)).isEqualTo(0.9);
  }

  @Test
  void momentum_ofEachOptimiser_isItsOwn() {
    OptimizerSpec.Builder optimizer = optimizer().setMomentum(0.7);
    assertThat(schedule(optimizer, 3).momentum(2)).isEqualTo(0.7);
    optimizer.getAdamBuilder().setBeta1(0.6);
    assertThat(schedule(optimizer, 3).momentum(2)).isEqualTo(0.6);
    optimizer.getAdamwBuilder().setBeta1(0.5);
    assertThat(schedule(optimizer, 3).momentum(2)).isEqualTo(0.5);
  }
}
