package dev.rote.embedded;

import java.util.function.Consumer;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Logging of the processes that are no service: warnings of libraries and news of ours, to standard
 * error.
 */
final class StackLogging {

  private static final String FORMAT = "%1$tFT%1$tT.%1$tL %4$s %3$s %5$s%6$s%n";

  /* The logging library forgets loggers that nobody holds, and their levels with them. */
  private static final Logger ROOT = Logger.getLogger("");
  private static final Logger OURS = Logger.getLogger("dev.rote");

  private StackLogging() {}

  /** Sets logging up for this process; to be called before anything else. */
  static void start() {
    start(line -> {});
  }

  /**
   * The same.
   *
   * @param warnings told each warning of ours as well, without time and place
   */
  static void start(Consumer<String> warnings) {
    System.setProperty("java.util.logging.SimpleFormatter.format", FORMAT);
    for (Handler handler : ROOT.getHandlers()) {
      ROOT.removeHandler(handler);
    }
    Handler handler = new ConsoleHandler();
    handler.setLevel(Level.ALL);
    ROOT.addHandler(handler);
    ROOT.setLevel(Level.WARNING);
    OURS.setLevel(Level.INFO);
    OURS.addHandler(new Warnings(warnings));
  }

  private static final class Warnings extends Handler {

    private final Consumer<String> to;

    Warnings(Consumer<String> to) {
      this.to = to;
      setLevel(Level.WARNING);
      setFormatter(new SimpleFormatter());
    }

    @Override
    public void publish(LogRecord record) {
      if (isLoggable(record)) {
        to.accept(getFormatter().formatMessage(record));
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
