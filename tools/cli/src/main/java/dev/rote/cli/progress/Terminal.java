package dev.rote.cli.progress;

import java.util.function.IntSupplier;

/**
 * What progress or a listing is written to.
 *
 * @param interactive whether it is a terminal
 * @param columns its width now: windows are resized
 */
public record Terminal(boolean interactive, IntSupplier columns) {
  /** A file or a pipe. */
  public static final Terminal NONE = new Terminal(false, () -> 80);

  /** A file or a pipe for listings: their lines are as long as they are. */
  public static final Terminal ENDLESS = new Terminal(false, () -> Integer.MAX_VALUE);
}
