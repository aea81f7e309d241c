package dev.rote.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a supervisor tells, line by line, the process that asked for a stack. */
final class SupervisorWords {

  private static final String NOTE = "note ";
  private static final String WARNING = "warning ";
  private static final String READY = "ready";
  private static final String FAILED = "failed ";

  /** A listener that has stopped listening must not hold the supervisor up: a pipe holds more. */
  private static final int MOST_WARNINGS = 100;

  private final PrintStream to;
  private int warnings;

  SupervisorWords(PrintStream to) {
    this.to = to;
  }

  void note(String line) {
    to.println(NOTE + oneLine(line));
    to.flush();
  }

  synchronized void warning(String line) {
    if (warnings++ < MOST_WARNINGS) {
      to.println(WARNING + oneLine(line));
      to.flush();
    }
  }

  void ready() {
    to.println(READY);
    to.flush();
  }

  void failed(StackException failure) {
    to.println(FAILED + failure.reason() + " " + oneLine(String.valueOf(failure.getMessage())));
    to.flush();
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s*\\R\\s*", " ");
  }

  /**
   * Listens until the stack is ready.
   *
   * @return the failure that the supervisor told of; empty when the stack is ready
   * @throws IOException when the supervisor ended without a word
   */
  static Optional<StackException> await(
      BufferedReader from, Consumer<String> notes, Consumer<String> warnings) throws IOException {
    for (@Nullable String line = from.readLine(); line != null; line = from.readLine()) {
      if (line.equals(READY)) {
        return Optional.empty();
      }
      if (line.startsWith(FAILED)) {
        String[] words = line.substring(FAILED.length()).split(" ", 2);
        return Optional.of(new StackException(StackException.Reason.valueOf(words[0]), words[1]));
      }
      tell(line, notes, warnings);
    }
    throw new IOException("the supervisor ended");
  }

  /** Listens until the supervisor ends. */
  static void follow(BufferedReader from, Consumer<String> warnings) throws IOException {
    for (@Nullable String line = from.readLine(); line != null; line = from.readLine()) {
      tell(line, note -> {}, warnings);
    }
  }

  private static void tell(String line, Consumer<String> notes, Consumer<String> warnings) {
    if (line.startsWith(NOTE)) {
      notes.accept(line.substring(NOTE.length()));
    } else if (line.startsWith(WARNING)) {
      warnings.accept(line.substring(WARNING.length()));
    }
  }
}
