package dev.rote.benchmarks.overhead;

import java.util.Locale;

/** Sweeps of a hundred points, with as many repetitions as make up the trials. */
final class NoOpSweep {
  private static final int POINTS = 100;

  private NoOpSweep() {}

  /**
   * @param trials a multiple of 100
   * @param seed of the first repetition; sweeps whose seeds are far apart share no trial
   */
  static String of(int trials, long seed, int parallelism) {
    int repetitions = trials / POINTS;
    StringBuilder rates = new StringBuilder();
    for (int i = 1; i <= POINTS; i++) {
      rates.append(i == 1 ? "" : ", ").append(String.format(Locale.ROOT, "0.%03d", i));
    }
    return """
    apiVersion: rote.dev/v1
    kind: Sweep
    metadata:
      name: no-op-%d
    spec:
      description: Trials that train nothing.
      trial:
        dataset: {name: strokes, trainSize: 100, validationSize: 100}
        model: {mlp: {hidden: [8]}}
        training: {epochs: 1, batchSize: 32}
        seed: %d
      axes:
      - name: rate
        field: optimizer.learningRate
        values: [%s]
      repetitions: %d
      parallelism: %d
      figures:
      - name: accuracy
        title: What was stored
        panels:
        - title: Accuracy
          curves: {metrics: [{kind: TRAIN_ACCURACY}]}
    """
        .formatted(trials, seed, rates, repetitions, parallelism);
  }
}
