package dev.rote.benchmarks.sensitivity;

import dev.rote.blueprint.Blueprint;
import dev.rote.metrics.examples.ExampleSet;
import dev.rote.random.CounterRandom;
import dev.rote.recipes.Batches;
import dev.rote.v1.LossSensitivity;
import dev.rote.v1.Shape;
import dev.rote.v1.TrainingSpec;
import dev.rote.v1.TrialSpec;

/**
 * A run as in Fig 3 of the paper: 1000 examples of 14 x 14 in 10 classes, batches of 32, two hidden
 * layers.
 *
 * @param hidden units of each hidden layer
 * @param steps T
 * @param tail how many of the last steps are looked at, every {@code every} of them
 */
record SensitivityCase(int hidden, int steps, int tail, int every) {
  static final int EXAMPLES = 1000;
  static final int CLASSES = 10;
  static final int BATCH = 32;
  static final double RATE = 0.05;

  private static final long SEED = 11;
  private static final int SIDE = 14;

  /** Reads {@link #written()}. */
  static SensitivityCase read(String written) {
    String[] words = written.split(",", -1);
    return new SensitivityCase(
        Integer.parseInt(words[0]),
        Integer.parseInt(words[1]),
        Integer.parseInt(words[2]),
        Integer.parseInt(words[3]));
  }

  String written() {
    return hidden + "," + steps + "," + tail + "," + every;
  }

  /** Losses whose derivatives are taken. */
  int losses() {
    return (Math.min(tail, steps) + every - 1) / every;
  }

  TrialSpec trial() {
    TrialSpec.Builder trial = TrialSpec.newBuilder().setSeed(SEED);
    trial.getModelBuilder().getMlpBuilder().addHidden(hidden).addHidden(hidden);
    trial.getOptimizerBuilder().setLearningRate(RATE);
    trial
        .getTrainingBuilder()
        .setEpochs(1000)
        .setBatchSize(BATCH)
        .setThreads(1)
        .setSampling(TrainingSpec.Sampling.WITH_REPLACEMENT);
    return trial.build();
  }

  LossSensitivity spec() {
    return LossSensitivity.newBuilder()
        .setTailSteps(tail)
        .setEverySteps(every)
        .setNorm(LossSensitivity.Norm.L1)
        .build();
  }

  Blueprint blueprint() {
    Shape shape = Shape.newBuilder().setChannels(1).setHeight(SIDE).setWidth(SIDE).build();
    return Blueprint.of(trial().getModel(), shape, CLASSES);
  }

  ExampleSet examples() {
    int length = blueprint().inputLength();
    float[] inputs = new float[EXAMPLES * length];
    CounterRandom.of(SEED, "inputs").fillGaussian(inputs, 0, inputs.length, 0, 0, 1, 0);
    return new Drawn(inputs, length);
  }

  /** int32[T, batch]: the examples of each step. */
  int[] batches() {
    Batches batches = Batches.of(trial(), EXAMPLES);
    int[] all = new int[steps * BATCH];
    int[] some = new int[batches.largest()];
    for (int step = 0; step < steps; step++) {
      int size = batches.take(step, some);
      if (size != BATCH) {
        throw new IllegalStateException("step " + step + " takes " + size + " examples");
      }
      System.arraycopy(some, 0, all, step * BATCH, BATCH);
    }
    return all;
  }

  /** Labels go round the classes. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Drawn(float[] inputs, int length) implements ExampleSet {
    @Override
    public int size() {
      return EXAMPLES;
    }

    @Override
    public void inputs(int first, int count, float[] out) {
      System.arraycopy(inputs, first * length, out, 0, count * length);
    }

    @Override
    public int label(int i) {
      return i % CLASSES;
    }

    @Override
    public boolean corrupted(int i) {
      return false;
    }

    @Override
    public int sourceIndex(int i) {
      return i;
    }

    @Override
    public int sourceLabel(int i) {
      return label(i);
    }

    @Override
    public boolean inputReplaced(int i) {
      return false;
    }
  }
}
