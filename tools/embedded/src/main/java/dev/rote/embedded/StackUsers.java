package dev.rote.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Who uses the stack of a state directory: each user's process holds a shared lock on one file. The
 * supervisor that gets it for itself alone knows that nobody is left, and keeps it until the stack
 * has ended, so that nobody joins a stack that is ending. The operating system takes back the locks
 * of a process that was killed.
 *
 * <p>A process may have one of these a state directory: the locks are the process's, whatever
 * object took them. Safe for use by several threads.
 */
final class StackUsers implements AutoCloseable {

  private static final String FILE = "stack.users";
  private static final String KEPT = "stack.kept";

  private final Path state;
  private final FileChannel channel;
  private @Nullable FileLock lock;

  /** What is known of the others once this process has left. */
  enum Others {
    /** Somebody uses the stack. */
    SOME,
    /** Nobody does; the supervisor will notice. */
    NONE,
    /** The supervisor has noticed: the stack is ending. */
    ENDING
  }

  private StackUsers(Path state, FileChannel channel) {
    this.state = state;
    this.channel = channel;
  }

  /** The users of the stack on a state directory, which is made if absent. */
  static StackUsers at(Path state) {
    try {
      OwnersFile.folder(state);
      return new StackUsers(
          state,
          FileChannel.open(
              state.resolve(FILE),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE));
    } catch (IOException e) {
      throw StackException.state(state, "cannot be used", e);
    }
  }

  /** Becomes a user; false while the stack is ending for want of users. */
  synchronized boolean join() {
    return take(true);
  }

  /** For the supervisor: true when there are no users, and from then on nobody can join. */
  synchronized boolean shutOut() {
    return take(false);
  }

  /** Is a user no more. */
  synchronized Others leave() {
    release();
    if (take(false)) {
      release();
      return Others.NONE;
    }
    if (take(true)) {
      release();
      return Others.SOME;
    }
    return Others.ENDING;
  }

  private boolean take(boolean shared) {
    try {
      FileLock taken = channel.tryLock(0, Long.MAX_VALUE, shared);
      lock = taken == null ? lock : taken;
      return taken != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      throw StackException.state(state, "cannot be locked", e);
    }
  }

  private void release() {
    FileLock held = lock;
    lock = null;
    if (held != null) {
      try {
        held.release();
      } catch (IOException e) {
        throw StackException.state(state, "cannot be unlocked", e);
      }
    }
  }

  /** The stack stays up without users, until it is asked to stop. */
  static void keep(Path state) {
    try {
      Files.write(state.resolve(KEPT), new byte[0]);
    } catch (IOException e) {
      throw StackException.state(state, "cannot be written", e);
    }
  }

  /** The next stack ends with its last user again. */
  static void keepNoLonger(Path state) {
    try {
      Files.deleteIfExists(state.resolve(KEPT));
    } catch (IOException e) {
      throw StackException.state(state, "cannot be written", e);
    }
  }

  static boolean kept(Path state) {
    return Files.exists(state.resolve(KEPT));
  }

  @Override
  public synchronized void close() {
    lock = null;
    try {
      channel.close();
    } catch (IOException e) {
      throw StackException.state(state, "cannot be unlocked", e);
    }
  }
}
