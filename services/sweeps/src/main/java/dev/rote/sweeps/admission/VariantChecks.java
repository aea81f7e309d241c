package dev.rote.sweeps.admission;

import dev.rote.v1.VariantSpec;
import java.util.List;

/** Says whether a variant could be made. */
@FunctionalInterface
public interface VariantChecks {

  /**
   * Checks sizes, files and checksums.
   *
   * @return what may not be meant, a sentence each
   * @throws RuntimeException a status of the gRPC API: refused, or not to be told now
   */
  List<String> check(VariantSpec variant);
}
