package dev.rote.it;

/** Sweeps of a few seconds. */
final class TinySweep {
  private TinySweep() {}

  /**
   * Two kinds of data, two repetitions, three measurements, a figure with two claims.
   *
   * @param seed seed of the base trial: another seed, other trials
   */
  static String named(String name, long seed, int epochs) {
    return """
    apiVersion: rote.dev/v1
    kind: Sweep
    metadata:
      name: %s
    spec:
      description: Real inputs against random ones.
      trial:
        dataset: {name: strokes, trainSize: 400, validationSize: 200}
        model: {mlp: {hidden: [32]}}
        optimizer: {learningRate: 0.1, momentum: 0.9}
        regularization: {dropout: 0.1}
        training: {epochs: %d, batchSize: 32}
        seed: %d
      axes:
      - name: data
        points:
        - label: real
        - label: randX
          set: {corruption: {inputs: {rule: GAUSSIAN}}}
      repetitions: 2
      measurements:
      - name: csr
        criticalSamples: {radius: 8, examples: {count: 50}, lass: {iterations: 5}}
        epochs: [0, 1]
      - name: errors
        exampleErrors: {examples: {count: 100}}
        epochs: [1]
      - name: accuracy
        accuracy: {}
        finalOnly: true
      figures:
      - name: accuracy
        title: Accuracy over training
        panels:
        - title: Training and validation
          curves: {metrics: [{kind: TRAIN_ACCURACY}, {kind: VALIDATION_ACCURACY}]}
        - title: Difficulty
          difficulty: {measurement: errors, binomialOf: randX}
        claims:
        - claim: Training on real data gets above chance.
          value: {metric: {kind: TRAIN_ACCURACY}, label: real, moment: MAX}
          threshold: 0.12
        - claim: Training accuracy on real data ends above 2, which cannot be.
          value: {metric: {kind: TRAIN_ACCURACY}, label: real}
          threshold: 2
    """
        .formatted(name, epochs, seed);
  }

  /** The same, long enough to be disturbed in the middle. */
  static String longer(String name, long seed) {
    return named(name, seed, 60)
        .replace("hidden: [32]", "hidden: [256]")
        .replace("trainSize: 400", "trainSize: 1500");
  }
}
