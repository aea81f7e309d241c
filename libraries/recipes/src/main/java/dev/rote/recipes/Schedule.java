package dev.rote.recipes;

import dev.rote.v1.OptimizerSpec;
import dev.rote.v1.TrainingSpec;
import dev.rote.v1.TrialSpec;
import dev.rote.v1.Warmup;

/**
 * The steps of a trial, their learning rates and momenta.
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
    return training.hasMaxSteps() ? Math.min(ofEpochs(), training.getMaxSteps()) : ofEpochs();
  }

  private long ofEpochs() {
    return Math.multiplyExact((long) stepsPerEpoch(), training.getEpochs());
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
   * Learning rate of a step: of the warm-up, or else of the schedule, which begins after it.
   *
   * @param step from 0
   */
  public double learningRate(long step) {
    long warming = warmingSteps();
    double rate = optimizer.getLearningRate();
    if (step >= warming) {
      return curve().rate(rate, step - warming);
    }
    Warmup warmup = optimizer.getWarmup();
    boolean byStep = warmup.hasSteps();
    long done = byStep ? step : step / stepsPerEpoch();
    long total = byStep ? warming : Integer.toUnsignedLong(warmup.getEpochs());
    return Curve.warmup(curve().rate(rate, 0), warmup.getStartFactor(), done, total);
  }

  /** Momentum of a step, beta1 for Adam and AdamW: constant but where {@code oneCycle} moves it. */
  public double momentum(long step) {
    double constant =
        switch (optimizer.getKindCase()) {
          case KIND_NOT_SET -> optimizer.getMomentum();
          case ADAM -> optimizer.getAdam().getBeta1();
          case ADAMW -> optimizer.getAdamw().getBeta1();
        };
    long warming = warmingSteps();
    return curve().momentum(constant, Math.max(0, step - warming));
  }

  private long warmingSteps() {
    if (!optimizer.hasWarmup()) {
      return 0;
    }
    Warmup warmup = optimizer.getWarmup();
    return warmup.hasSteps()
        ? warmup.getSteps()
        : Math.multiplyExact((long) stepsPerEpoch(), warmup.getEpochs());
  }

  /** What comes after the warm-up, over the steps and the begun epochs that are left. */
  private Curve curve() {
    long left = Math.max(1, ofEpochs() - warmingSteps());
    return Curve.of(optimizer, stepsPerEpoch(), left, Math.max(1, steps() - warmingSteps()));
  }
}
