package dev.rote.trainer.training;

/** Work was left because it was asked to stop. */
final class StoppedException extends Exception {
  private static final long serialVersionUID = 1L;

  StoppedException() {
    super("asked to stop", null, false, false);
  }
}
