package dev.rote.cli.progress;

import java.util.function.IntSupplier;

/**
 * What progress is written to.
 *
 * @param interactive whether it is a terminal
 * @param columns its width now: windows are resized
 */
public record Terminal(boolean interactive, IntSupplier columns) {
  /** A file or a pipe. */
  public static final Terminal NONE = new Terminal(false, () -> 80);
}
