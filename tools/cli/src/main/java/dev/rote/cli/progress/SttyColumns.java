package dev.rote.cli.progress;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The width of the terminal as {@code stty} tells it, which Java itself does not know; where there
 * is no answer, the last one.
 */
public final class SttyColumns implements IntSupplier {
  private static final Pattern SIZE = Pattern.compile("\\d{1,5} (\\d{1,5})\\s*");
  private static final File TERMINAL = new File("/dev/tty");
  private static final long PATIENCE_MILLIS = 500;

  private final List<String> command;
  private final File terminal;
  private int columns;
  private boolean silent;

  SttyColumns(List<String> command, File terminal, int columns) {
    this.command = List.copyOf(command);
    this.terminal = terminal;
    this.columns = columns;
  }

  /**
   * The width of this process's terminal.
   *
   * @param columns the width at first
   */
  public static SttyColumns from(int columns) {
    return new SttyColumns(List.of("stty", "size"), TERMINAL, columns);
  }

  @Override
  public synchronized int getAsInt() {
    if (!silent) {
      try {
        ask();
      } catch (IOException e) {
        silent = true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return columns;
  }

  private void ask() throws IOException, InterruptedException {
    Process stty =
        new ProcessBuilder(command)
            .redirectInput(terminal)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!stty.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
      stty.destroyForcibly();
      return;
    }
    String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    Matcher size = SIZE.matcher(answer);
    if (size.matches() && Integer.parseInt(size.group(1)) > 0) {
      columns = Integer.parseInt(size.group(1));
    }
  }
}
