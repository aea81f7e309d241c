package dev.rote.cli.progress;

import dev.rote.v1.SweepStatus;

/** Shows nothing. */
final class SilentDisplay implements ProgressDisplay {
  @Override
  public void show(SweepStatus status) {}

  @Override
  public void note(String line) {}

  @Override
  public void end() {}
}
