package dev.rote.sgd;

import dev.rote.v1.OptimizerSpec;
import dev.rote.v1.TrainingSpec;
import dev.rote.v1.TrialSpec;

/**
 * The steps of a trial and their learning rates.
 *
 * @param training all defaults filled in
 * @param optimizer all defaults filled in
 * @param examples N of the training split, at least 1
 */
public record Schedule(TrainingSpec training, OptimizerSpec optimizer, int examples) {

  /**
   * The schedule of a trial.
   *
   * @param trial all defaults filled in
   * @param examples N of the training split, at least 1
   */
  public static Schedule of(TrialSpec trial, int examples) {
    return new Schedule(trial.getTraining(), trial.getOptimizer(), examples);
  }

  /** {@code ceil(N / batch size)}. */
  public int stepsPerEpoch() {
    int batch = training.getBatchSize();
    return Math.toIntExact((examples + (long) batch - 1) / batch);
  }

  /** Step cap: that of the epochs, or the one asked for if it is lower. */
  public long steps() {
    long ofEpochs = Math.multiplyExact((long) stepsPerEpoch(), training.getEpochs());
    return training.hasMaxSteps() ? Math.min(ofEpochs, training.getMaxSteps()) : ofEpochs;
  }

  /** Steps done when an epoch ends; 0 after epoch 0, the initial state. */
  public long stepsAfter(int epoch) {
    return Math.min((long) stepsPerEpoch() * epoch, steps());
  }

  /** The epoch that a step belongs to. */
  public int epochOf(long step) {
    return Math.toIntExact(step / stepsPerEpoch()) + 1;
  }

  /**
   * Learning rate of all steps of an epoch: {@code r} without a schedule, {@code r f^floor((epoch -
   * 1) / every)} for a step decay, {@code r (1 + cos(pi (epoch - 1) / epochs)) / 2} for half a
   * cosine.
   */
  public double learningRate(int epoch) {
    double initial = optimizer.getLearningRate();
    return switch (optimizer.getScheduleCase()) {
      case SCHEDULE_NOT_SET -> initial;
      case STEP_DECAY ->
          initial
              * StrictMath.pow(
                  optimizer.getStepDecay().getFactor(),
                  Math.floorDiv(epoch - 1, optimizer.getStepDecay().getEveryEpochs()));
      case COSINE_DECAY ->
          initial * (1 + StrictMath.cos(Math.PI * (epoch - 1) / training.getEpochs())) / 2;
    };
  }
}
