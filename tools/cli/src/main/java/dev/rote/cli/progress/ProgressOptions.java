package dev.rote.cli.progress;

import dev.rote.cli.Session;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** The option of quietness, and the display that follows from it and the terminal. */
public final class ProgressOptions {
  private static final Duration PAUSE_BETWEEN_LINES = Duration.ofSeconds(5);

  private static final Duration PAUSE_BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final Session session;

  @Option(
      names = {"-q", "--quiet"},
      description = "No progress and no notes, only results and errors.")
  private boolean quiet;

  public ProgressOptions(Session session) {
    this.session = session;
  }

  /** A bar on a terminal, lines elsewhere, nothing when quiet. */
  public ProgressDisplay display(String sweepName) {
    if (quiet) {
      return new SilentDisplay();
    }
    if (session.terminal().interactive()) {
      return new BarDisplay(
          session.err(), sweepName, session.terminal().columns(), PAUSE_BETWEEN_LOOKS);
    }
    return new LineDisplay(session.err(), sweepName, PAUSE_BETWEEN_LINES, session.clock());
  }

  /** Writes a line for people unless quiet. */
  public void note(String line) {
    if (!quiet) {
      session.note(line);
    }
  }

  /** Writes what may not be meant, a line each, unless quiet. */
  public void warn(List<String> warnings) {
    warnings.forEach(warning -> note("warning: " + warning));
  }
}
