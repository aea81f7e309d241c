package dev.rote.cli;

import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What libraries have to say, on standard error: only what a user should know. */
final class Logging {
  private static final String OWN = "dev.rote";

  /* Loggers are only kept while somebody holds them. */
  private static final Logger OWN_LOGGER = Logger.getLogger(OWN);

  private Logging() {}

  /** Warnings of Rote and errors of all others, one line each. */
  static void configure() {
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    Handler console = new ConsoleHandler();
    console.setLevel(Level.ALL);
    console.setFormatter(new OneLine());
    root.addHandler(console);
    root.setLevel(Level.SEVERE);
    OWN_LOGGER.setLevel(Level.WARNING);
  }

  private static final class OneLine extends SimpleFormatter {
    @Override
    public String format(LogRecord record) {
      return "rote: " + formatMessage(record) + System.lineSeparator();
    }
  }
}
