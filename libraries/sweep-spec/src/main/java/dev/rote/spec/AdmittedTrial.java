package dev.rote.spec;

import dev.rote.v1.TrainTrialWork;
import dev.rote.v1.TrialSpec;

/**
 * A trial that was let in: its id and its variant's are of the specification as it is here, and are
 * made nowhere else.
 *
 * @param spec all defaults filled in
 */
public record AdmittedTrial(TrialId id, TrialSpec spec, AdmittedVariant variant) {

  /** Lets a trial in that comes from outside, such as a call, and checks it. */
  public static AdmittedTrial admit(TrialSpec spec) {
    SweepValidator.check(spec);
    return of(Versions.CURRENT, spec);
  }

  /**
   * Fills defaults in and makes the ids.
   *
   * @param versions that the trial is to be trained under
   */
  public static AdmittedTrial of(Versions versions, TrialSpec spec) {
    TrialSpec filled = SweepDefaults.fill(spec);
    return new AdmittedTrial(
        Ids.trialId(versions, filled), filled, AdmittedVariant.of(versions, Variants.of(filled)));
  }

  /**
   * The trial of offered work, as it was admitted.
   *
   * @param versions that this process computes
   * @throws UnlikeOfferException if it or its variant would have another id here
   * @throws SpecException if what is offered was never let in
   */
  public static AdmittedTrial offered(TrainTrialWork work, Versions versions) {
    SweepValidator.check(work.getTrial());
    AdmittedTrial here = of(versions, work.getTrial());
    UnlikeOfferException.require("trial", work.getTrialId(), here.id().value());
    UnlikeOfferException.require("variant", work.getVariantId(), here.variant().id().value());
    return here;
  }
}
