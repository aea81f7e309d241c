package dev.rote.spec;

import dev.rote.v1.MeasureTrialWork;
import dev.rote.v1.MeasurementSpec;

/**
 * A measurement of a trial that was let in: its id is of the specification as it is here.
 *
 * @param trial what is measured
 * @param spec all defaults filled in
 */
public record AdmittedMeasurement(MeasurementId id, TrialId trial, MeasurementSpec spec) {

  /** Lets a measurement in that comes from outside, such as a call, and checks it. */
  public static AdmittedMeasurement admit(TrialId trial, MeasurementSpec spec) {
    SweepValidator.checkMeasurement(spec);
    return of(Versions.CURRENT, trial, spec);
  }

  /**
   * Fills defaults in and makes the id.
   *
   * @param versions that the measurement is to be made under
   */
  public static AdmittedMeasurement of(Versions versions, TrialId trial, MeasurementSpec spec) {
    MeasurementSpec filled = SweepDefaults.fill(spec);
    return new AdmittedMeasurement(Ids.measurementId(versions, trial, filled), trial, filled);
  }

  /** Whether it needs the trial's trace. */
  public boolean needsTrace() {
    return spec.getKindCase() != MeasurementSpec.KindCase.KIND_NOT_SET
        && MeasurementKinds.of(spec.getKindCase()).ofTrace();
  }

  /**
   * The measurement of offered work, as it was admitted.
   *
   * @param versions that this process computes
   * @throws UnlikeOfferException if it would have another id here
   * @throws SpecException if what is offered was never let in
   */
  public static AdmittedMeasurement offered(MeasureTrialWork work, Versions versions) {
    SweepValidator.checkMeasurement(work.getMeasurement());
    UnlikeOfferException.requireId("trial", work.getTrialId());
    AdmittedMeasurement here = of(versions, new TrialId(work.getTrialId()), work.getMeasurement());
    UnlikeOfferException.require("measurement", work.getMeasurementId(), here.id().value());
    return here;
  }
}
