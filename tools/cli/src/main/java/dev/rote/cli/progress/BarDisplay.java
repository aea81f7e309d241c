package dev.rote.cli.progress;

import dev.rote.v1.SweepStatus;
import java.io.PrintWriter;

/** A line on a terminal that is drawn over and over. */
final class BarDisplay implements ProgressDisplay {
  private static final String START_OF_LINE_CLEARED = "\r\u001b[K";

  private final PrintWriter err;
  private final String name;
  private final int columns;
  private String drawn = "";

  BarDisplay(PrintWriter err, String name, int columns) {
    this.err = err;
    this.name = name;
    this.columns = columns;
  }

  @Override
  public synchronized void show(SweepStatus status) {
    String line = ProgressText.bar(name, status, columns);
    if (!line.equals(drawn)) {
      drawn = line;
      err.print(START_OF_LINE_CLEARED + line);
      err.flush();
    }
  }

  @Override
  public synchronized void note(String line) {
    err.println(START_OF_LINE_CLEARED + line);
    err.print(drawn);
    err.flush();
  }

  @Override
  public synchronized void end() {
    if (!drawn.isEmpty()) {
      err.println();
      err.flush();
      drawn = "";
    }
  }
}
