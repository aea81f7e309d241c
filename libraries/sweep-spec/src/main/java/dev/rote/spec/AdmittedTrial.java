package dev.rote.spec;

import dev.rote.v1.TrainTrialWork;
import dev.rote.v1.TrialSpec;
import java.util.Optional;

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

  /** The same under the id that it has within a family of numerics. */
  public AdmittedTrial within(Numerics numerics) {
    return new AdmittedTrial(Ids.trialIdWithin(id, numerics.name()), spec, variant);
  }

  /**
   * The trial of offered work, as it was admitted: under its id, or that within the family that the
   * work names.
   *
   * @param versions that this process computes
   * @throws UnlikeOfferException if it or its variant would have another id here
   * @throws SpecException if what is offered was never let in
   */
  public static AdmittedTrial offered(TrainTrialWork work, Versions versions) {
    SweepValidator.check(work.getTrial());
    AdmittedTrial own = of(versions, work.getTrial());
    Optional<AdmittedTrial> within =
        Numerics.written(work.getNumerics())
            .map(own::within)
            .filter(trial -> trial.id().value().equals(work.getTrialId()));
    AdmittedTrial here = within.orElse(own);
    UnlikeOfferException.require("trial", work.getTrialId(), here.id().value());
    UnlikeOfferException.require("variant", work.getVariantId(), here.variant().id().value());
    return here;
  }
}
