package dev.rote.cli.stack;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Stacks on this machine, each on a state directory of its own. */
public interface LocalStacks {
  /** State directory where none is named. */
  String DEFAULT_STATE = ".rote";

  /** The stack that runs on a state directory, ready or not; empty when none does. */
  Optional<LocalStack> running(Path state);

  /** The same, and this process becomes a user of it: it goes on at least until that has left. */
  Optional<LocalStack> joined(Path state);

  /**
   * Joins the users of the stack that runs on a state directory, or starts one and waits until all
   * its parts are ready.
   *
   * @param datasets the datasets directory, empty for none
   * @param notes told in one line each what happens
   */
  LocalStack attachOrStart(Path state, Optional<Path> datasets, Consumer<String> notes)
      throws Exception;

  /**
   * Stops the stack on a state directory and waits until it has ended.
   *
   * @return false when none was running
   */
  boolean stop(Path state) throws Exception;
}
