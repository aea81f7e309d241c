package dev.rote.sweeps.admission;

import dev.rote.spec.DataOutline;
import dev.rote.v1.VariantSpec;

/** Says whether a variant could be made. */
@FunctionalInterface
public interface VariantChecks {

  /**
   * Checks sizes, files and checksums.
   *
   * @return what the variant would be like
   * @throws RuntimeException a status of the gRPC API: refused, or not to be told now
   */
  DataOutline check(VariantSpec variant);
}
