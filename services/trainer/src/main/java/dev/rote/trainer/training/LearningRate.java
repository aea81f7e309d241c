package dev.rote.trainer.training;

import dev.rote.v1.OptimizerSpec;

/** The schedule of {@link OptimizerSpec}. */
final class LearningRate {
  private LearningRate() {}

  /**
   * Rate of an epoch.
   *
   * @param epoch from 0: the first epoch trained has number 0 here
   * @param epochs the epoch cap
   */
  static double at(OptimizerSpec optimizer, int epoch, int epochs) {
    double initial = optimizer.getLearningRate();
    return switch (optimizer.getScheduleCase()) {
      case SCHEDULE_NOT_SET -> initial;
      case STEP_DECAY ->
          initial
              * StrictMath.pow(
                  optimizer.getStepDecay().getFactor(),
                  Math.floorDiv(epoch, optimizer.getStepDecay().getEveryEpochs()));
      case COSINE_DECAY -> initial * (1 + StrictMath.cos(Math.PI * epoch / epochs)) / 2;
    };
  }
}
