package dev.rote.spec;

import dev.rote.v1.TrainingSpec.Sampling;
import dev.rote.v1.TrialSpec;

/** An example's own steps, of which a trace keeps what the network said. */
public final class Presentations {
  private Presentations() {}

  /** Whether each epoch of a trial presents each example once, with its label. */
  public static boolean areDefined(TrialSpec trial) {
    return trial.getTraining().getSampling() != Sampling.WITH_REPLACEMENT
        && !trial.getAugmentation().hasMixup();
  }
}
