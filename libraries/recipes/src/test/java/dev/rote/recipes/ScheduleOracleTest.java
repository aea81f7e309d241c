package dev.rote.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.v1.CosineDecay;
import dev.rote.v1.OptimizerSpec;
import dev.rote.v1.StepDecay;
import dev.rote.v1.TrainingSpec;
import org.junit.jupiter.api.Test;

class ScheduleOracleTest {
  private static final OptimizerSpec CONSTANT =
      OptimizerSpec.newBuilder().setLearningRate(0.08).build();

  private static Schedule schedule(TrainingSpec.Builder training, int examples) {
    return new Schedule(training.build(), CONSTANT, examples);
  }

  private static double rate(OptimizerSpec optimizer, int epoch, int epochs) {
    TrainingSpec training = TrainingSpec.newBuilder().setEpochs(epochs).setBatchSize(1).build();
    return new Schedule(training, optimizer, 1).learningRate(epoch - 1);
  }

  @Test
  void learningRate_schedules_followTheirFormulas() {
    assertThat(rate(CONSTANT, 77, 100)).isEqualTo(0.08);
    OptimizerSpec step =
        CONSTANT.toBuilder()
            .setStepDecay(StepDecay.newBuilder().setFactor(0.5).setEveryEpochs(15))
            .build();
    assertThat(rate(step, 15, 100)).isEqualTo(0.08);
    assertThat(rate(step, 16, 100)).isEqualTo(0.04);
    assertThat(rate(step, 45, 100)).isEqualTo(0.02);
    OptimizerSpec cosine =
        CONSTANT.toBuilder().setCosineDecay(CosineDecay.getDefaultInstance()).build();
    assertThat(rate(cosine, 1, 10)).isEqualTo(0.08);
    assertThat(rate(cosine, 6, 10)).isCloseTo(0.04, within(1e-12));
  }

  @Test
  void steps_lastBatchSmaller_countsIt() {
    Schedule schedule = schedule(TrainingSpec.newBuilder().setEpochs(4).setBatchSize(13), 100);
    assertThat(schedule.stepsPerEpoch()).isEqualTo(8);
    assertThat(schedule.steps()).isEqualTo(32);
    assertThat(schedule.stepsAfter(0)).isZero();
    assertThat(schedule.stepsAfter(3)).isEqualTo(24);
    assertThat(schedule.epochOf(0)).isEqualTo(1);
    assertThat(schedule.epochOf(7)).isEqualTo(1);
    assertThat(schedule.epochOf(8)).isEqualTo(2);
  }

  @Test
  void steps_capInsideAnEpoch_endsThere() {
    Schedule schedule =
        schedule(TrainingSpec.newBuilder().setEpochs(4).setBatchSize(13).setMaxSteps(11), 100);
    assertThat(schedule.steps()).isEqualTo(11);
    assertThat(schedule.stepsAfter(1)).isEqualTo(8);
    assertThat(schedule.stepsAfter(2)).isEqualTo(11);
    assertThat(schedule.stepsAfter(3)).isEqualTo(11);
  }

  @Test
  void steps_batchLargerThanTheSplit_oneAnEpoch() {
    Schedule schedule = schedule(TrainingSpec.newBuilder().setEpochs(4).setBatchSize(128), 100);
    assertThat(schedule.stepsPerEpoch()).isEqualTo(1);
    assertThat(schedule.epochOf(3)).isEqualTo(4);
  }
}
