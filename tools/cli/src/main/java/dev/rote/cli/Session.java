package dev.rote.cli;

import dev.rote.cli.progress.Terminal;
import dev.rote.cli.stack.LocalStacks;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/**
 * What commands share: where they write, what they see of the machine, and the local stack.
 *
 * <p>Results go to {@code out}; progress, notes and errors go to {@code err}.
 */
public final class Session {
  private final PrintWriter out;
  private final PrintWriter err;
  private final Terminal terminal;
  private final Terminal output;
  private final Map<String, String> environment;
  private final Path home;
  private final String command;
  private final LocalStacks stacks;
  private final InstantSource clock;
  private boolean debug;

  /**
   * @param terminal what {@code err} is connected to
   * @param output what {@code out} is connected to
   * @param home where Rote lies: the folder of {@code k8s/sweeps}
   * @param command how the user called Rote, such as {@code ./rote}
   */
  public Session(
      PrintWriter out,
      PrintWriter err,
      Terminal terminal,
      Terminal output,
      Map<String, String> environment,
      Path home,
      String command,
      LocalStacks stacks,
      InstantSource clock) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
    this.output = output;
    this.environment = Map.copyOf(environment);
    this.home = home;
    this.command = command;
    this.stacks = stacks;
    this.clock = clock;
  }

  public PrintWriter out() {
    return out;
  }

  public PrintWriter err() {
    return err;
  }

  public Terminal terminal() {
    return terminal;
  }

  /** What results are written to; its width is that of tables. */
  public Terminal output() {
    return output;
  }

  public Map<String, String> environment() {
    return environment;
  }

  public Path home() {
    return home;
  }

  /** How the user called Rote: hints name it so that they can be typed as they stand. */
  public String command() {
    return command;
  }

  public LocalStacks stacks() {
    return stacks;
  }

  public InstantSource clock() {
    return clock;
  }

  /** Whether failures show their stack traces. */
  public boolean debug() {
    return debug;
  }

  void debug(boolean on) {
    debug = on;
  }

  /** Writes a line for people to {@code err}. */
  public void note(String line) {
    err.println(line);
    err.flush();
  }
}
