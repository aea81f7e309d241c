package dev.rote.browser;

/** Sweeps of two kinds of data and a few seconds. */
final class SmallSweep {
  private SmallSweep() {}

  /** Six trials of six epochs, with scores of examples, a figure and a claim. */
  static String named(String name) {
    return """
    apiVersion: rote.dev/v1
    kind: Sweep
    metadata: {name: %s}
    spec:
      description: Real inputs against random ones.
      trial:
        dataset: {name: strokes, trainSize: 400, validationSize: 200}
        model: {mlp: {hidden: [64]}}
        optimizer: {learningRate: 0.1, momentum: 0.9}
        training: {epochs: 6, batchSize: 32}
        seed: 1
      axes:
      - name: data
        points:
        - label: real
        - label: randX
          set: {corruption: {inputs: {rule: GAUSSIAN}}}
      repetitions: 3
      parallelism: 2
      measurements:
      - name: hardness
        el2n: {}
        finalOnly: true
      - name: errors
        exampleErrors: {examples: {count: 100}}
        epochs: [1]
      figures:
      - name: accuracy
        title: Accuracy over training
        panels:
        - title: Training and validation
          curves: {metrics: [{kind: TRAIN_ACCURACY}, {kind: VALIDATION_ACCURACY}]}
        claims:
        - claim: Real data is fitted above chance.
          value: {metric: {kind: TRAIN_ACCURACY}, label: real, moment: MAX}
          threshold: 0.12
    """
        .formatted(name);
  }

  /** The same, long enough to be looked at and disturbed. */
  static String longer(String name, int seed, int epochs) {
    return named(name)
        .replace("seed: 1", "seed: " + seed)
        .replace("epochs: 6", "epochs: " + epochs)
        .replace("trainSize: 400", "trainSize: 1500")
        .replace("hidden: [64]", "hidden: [256]")
        .replace("parallelism: 2", "parallelism: 1");
  }
}
