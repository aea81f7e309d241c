package dev.rote.trainer.trials;

/** Whether a trial is wanted with its trace. */
public enum Tracing {
  OFF,
  ON;

  public static Tracing of(boolean wanted) {
    return wanted ? ON : OFF;
  }
}
