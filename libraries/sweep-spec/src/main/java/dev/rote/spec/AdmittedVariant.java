package dev.rote.spec;

import dev.rote.v1.MaterializeVariantWork;
import dev.rote.v1.VariantSpec;

/**
 * A variant that was let in: its id is of the specification as it is here.
 *
 * @param spec all defaults filled in
 */
public record AdmittedVariant(VariantId id, VariantSpec spec) {

  /** Lets a variant in that comes from outside, such as a call, and checks it. */
  public static AdmittedVariant admit(VariantSpec spec) {
    SweepValidator.checkVariant(spec);
    return of(Versions.CURRENT, SweepDefaults.fill(spec));
  }

  /**
   * Fills defaults in and makes the id.
   *
   * @param versions that the variant is to be made under
   */
  static AdmittedVariant of(Versions versions, VariantSpec spec) {
    VariantSpec filled = SweepDefaults.fill(spec);
    return new AdmittedVariant(Ids.variantId(versions, filled), filled);
  }

  /**
   * The variant of offered work, as it was admitted.
   *
   * @param versions that this process computes
   * @throws UnlikeOfferException if it would have another id here
   * @throws SpecException if what is offered was never let in
   */
  public static AdmittedVariant offered(MaterializeVariantWork work, Versions versions) {
    SweepValidator.checkVariant(work.getVariant());
    AdmittedVariant here = of(versions, work.getVariant());
    UnlikeOfferException.require("variant", work.getVariantId(), here.id().value());
    return here;
  }
}
