package dev.rote.trainer.training;

import dev.rote.networks.Network;
import dev.rote.networks.StepSettings;
import dev.rote.networks.Targets;
import dev.rote.recipes.Batches;
import dev.rote.recipes.augmentation.Augmentation;
import dev.rote.recipes.augmentation.Mixing;
import dev.rote.v1.RegularizationSpec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes the steps of a trial, in any order: a step depends on its number and the network alone. Its
 * pictures are augmented before all else; mixup mixes what has become of them, and adversarial
 * training, which goes without mixup, looks for critical samples of it.
 */
final class Descent {
  private final Trial trial;
  private final Network network;
  private final Batches batches;
  private final Augmentation augmentation;
  private final Optional<Mixing> mixing;
  private final @Nullable CriticalHalf criticalHalf;
  private final int[] indices;
  private final int[] labels;
  private final float[] inputs;
  private final Trace trace;
  private final float[] logits;

  /**
   * @param network with the statistics of its inputs, where it normalises them
   * @param trace of what steps say of examples
   */
  Descent(Trial trial, Network network, Trace trace) {
    this.trial = trial;
    this.network = network;
    this.trace = trace;
    this.batches = Batches.of(trial.spec(), trial.train().count());
    this.augmentation =
        Augmentation.of(
            trial.spec(),
            trial.train().shape(),
            trial.train().count(),
            InputStatistics.blank(network));
    this.mixing = Mixing.of(trial.spec(), network.blueprint().inputLength());
    RegularizationSpec regularization = trial.spec().getRegularization();
    this.criticalHalf =
        regularization.hasAdversarial()
            ? new CriticalHalf(
                network, regularization.getAdversarial(), trial.spec().getSeed(), batches.largest())
            : null;
    int rows = criticalHalf == null ? batches.largest() : 2 * batches.largest();
    this.indices = new int[batches.largest()];
    this.labels = new int[2 * batches.largest()];
    this.inputs = new float[Math.multiplyExact(rows, network.blueprint().inputLength())];
    this.logits =
        trace.presents()
            ? new float[Math.multiplyExact(rows, network.blueprint().classes())]
            : Network.UNWANTED;
  }

  /**
   * Takes a step.
   *
   * @param step from 0
   * @return the loss that it descends, before the step, without the weight-decay term
   */
  double step(long step) {
    int n = batches.take(step, indices);
    trial.train().inputs(indices, n, inputs);
    augmentation.apply(step, indices, n, inputs);
    for (int i = 0; i < n; i++) {
      labels[i] = trial.train().label(indices[i]);
    }
    if (mixing.isPresent()) {
      double[] shares = mixing.get().apply(step, n, inputs, labels);
      return network.step(inputs, new Targets(labels, shares, n, 2), settings(step));
    }
    Targets targets = Targets.mean(labels, n);
    if (criticalHalf != null) {
      criticalHalf.append(inputs, labels, n, step);
      targets = new Targets(labels, criticalHalf.weights(n), 2 * n, 1);
    }
    double loss = network.step(inputs, targets, settings(step), logits);
    if (trace.presents()) {
      trace.presented(indices, labels, n, logits);
    }
    return loss;
  }

  private StepSettings settings(long step) {
    return new StepSettings(
        trial.schedule().learningRate(step),
        trial.schedule().momentum(step),
        trial.spec().getRegularization(),
        trial.spec().getSeed(),
        step);
  }
}
