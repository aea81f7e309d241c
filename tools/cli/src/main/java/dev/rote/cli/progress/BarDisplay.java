package dev.rote.cli.progress;

import dev.rote.v1.SweepStatus;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** A line on a terminal that is drawn over and over, as wide as the terminal is now. */
final class BarDisplay implements ProgressDisplay {
  private static final String START_OF_LINE = "\r";
  private static final String LINE_UP = "\u001b[A";
  private static final String CLEARED_BELOW = "\u001b[J";

  private final PrintWriter err;
  private final String name;
  private final IntSupplier columns;
  private final ScheduledExecutorService looks;
  private SweepStatus last = SweepStatus.getDefaultInstance();
  private String drawn = "";
  private int width;

  /**
   * @param columns width of the terminal, asked again and again
   * @param pause between two looks at the width
   */
  BarDisplay(PrintWriter err, String name, IntSupplier columns, Duration pause) {
    this.err = err;
    this.name = name;
    this.columns = columns;
    this.width = columns.getAsInt();
    this.looks =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "terminal-width");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        looks.scheduleWithFixedDelay(
            this::look, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    int now = columns.getAsInt();
    synchronized (this) {
      if (now != width && !drawn.isEmpty()) {
        String rows = above(now);
        width = now;
        drawn = ProgressText.bar(name, last, width);
        err.print(rows + CLEARED_BELOW + drawn);
        err.flush();
      }
      width = now;
    }
  }

  /* A narrower terminal has broken the line into rows. */
  private String above(int now) {
    int rows = now < 1 ? 0 : (drawn.length() - 1) / now;
    return LINE_UP.repeat(Math.max(rows, 0)) + START_OF_LINE;
  }

  @Override
  public synchronized void show(SweepStatus status) {
    last = status;
    String line = ProgressText.bar(name, status, width);
    if (!line.equals(drawn)) {
      drawn = line;
      err.print(START_OF_LINE + CLEARED_BELOW + line);
      err.flush();
    }
  }

  @Override
  public synchronized void note(String line) {
    err.println(START_OF_LINE + CLEARED_BELOW + line);
    err.print(drawn);
    err.flush();
  }

  @Override
  public void end() {
    looks.shutdownNow();
    synchronized (this) {
      if (!drawn.isEmpty()) {
        err.println();
        err.flush();
        drawn = "";
      }
    }
  }
}
