package dev.rote.cli.progress;

import dev.rote.v1.SweepStatus;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Plain lines: on changes only, and at most one in a while; a change of phase is always shown, and
 * the last status is never lost.
 */
final class LineDisplay implements ProgressDisplay {
  private final PrintWriter err;
  private final String name;
  private final Duration pause;
  private final InstantSource clock;
  private @Nullable Instant lastTime;
  private String lastLine = "";
  private String heldBack = "";
  private SweepStatus.Phase lastPhase = SweepStatus.Phase.UNSPECIFIED;

  LineDisplay(PrintWriter err, String name, Duration pause, InstantSource clock) {
    this.err = err;
    this.name = name;
    this.pause = pause;
    this.clock = clock;
  }

  @Override
  public synchronized void show(SweepStatus status) {
    String line = ProgressText.plain(name, status);
    Instant now = clock.instant();
    boolean due = lastTime == null || !now.isBefore(lastTime.plus(pause));
    if (due || status.getPhase() != lastPhase) {
      lastPhase = status.getPhase();
      lastTime = now;
      print(line);
    } else {
      heldBack = line;
    }
  }

  private void print(String line) {
    heldBack = "";
    if (!line.equals(lastLine)) {
      lastLine = line;
      err.println(line);
      err.flush();
    }
  }

  @Override
  public synchronized void note(String line) {
    err.println(line);
    err.flush();
  }

  @Override
  public synchronized void end() {
    if (!heldBack.isEmpty()) {
      print(heldBack);
    }
  }
}
