package dev.rote.sweeps.admission;

import dev.rote.spec.StartFit;

/** Says whether training can start from what a trial names. */
@FunctionalInterface
public interface Starts {

  /**
   * Checks that it is there and fits the model.
   *
   * @throws RuntimeException a status of the gRPC API: refused, or not to be told now
   */
  void check(StartFit start);
}
