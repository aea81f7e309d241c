package dev.rote.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The right to supervise a state directory. The operating system takes it back when the process
 * ends.
 */
final class StackLock implements AutoCloseable {

  private static final String FILE = "stack.lock";

  private final FileChannel channel;

  private StackLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock; empty if another supervisor has it. */
  static Optional<StackLock> take(Path state) {
    try {
      OwnersFile.folder(state);
      FileChannel channel =
          FileChannel.open(
              state.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel)) {
        return Optional.of(new StackLock(channel));
      }
      channel.close();
      return Optional.empty();
    } catch (IOException e) {
      throw StackException.state(state, "cannot be locked", e);
    }
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new StackException(
          StackException.Reason.STATE, "the lock cannot be given back: " + e.getMessage(), e);
    }
  }
}
