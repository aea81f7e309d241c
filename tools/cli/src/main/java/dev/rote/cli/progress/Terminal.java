package dev.rote.cli.progress;

/**
 * What progress is written to.
 *
 * @param interactive whether it is a terminal
 * @param columns its width
 */
public record Terminal(boolean interactive, int columns) {
  /** A file or a pipe. */
  public static final Terminal NONE = new Terminal(false, 80);
}
