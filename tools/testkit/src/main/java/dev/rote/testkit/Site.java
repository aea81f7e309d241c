package dev.rote.testkit;

import dev.rote.embedded.Addresses;
import dev.rote.embedded.Part;
import dev.rote.embedded.Stack;
import java.nio.file.Path;
import java.util.Optional;

/** Where the parts of a laboratory run, and a hand on them. */
public interface Site extends AutoCloseable {

  /** Where the parts listen; the same as long as the site is open. */
  Addresses addresses();

  /** Directory of the stack's state, where it is of this machine. */
  default Optional<Path> state() {
    return Optional.empty();
  }

  /** Certificates of the authorities of its ports, PEM, where these are encrypted. */
  default Optional<Path> authorities() {
    return Optional.empty();
  }

  /** Ends a part as {@code kill -9} does. */
  void kill(Part part) throws InterruptedException;

  /** Stops a part if it runs, starts it again and waits until it is ready. */
  void restart(Part part) throws InterruptedException;

  @Override
  void close();

  /** Processes of this machine. */
  static Site of(Stack stack) {
    return new Site() {
      @Override
      public Addresses addresses() {
        return stack.addresses();
      }

      @Override
      public Optional<Path> state() {
        return Optional.of(stack.state());
      }

      @Override
      public void kill(Part part) throws InterruptedException {
        stack.kill(part);
      }

      @Override
      public void restart(Part part) throws InterruptedException {
        stack.restart(part);
      }

      @Override
      public void close() {
        stack.close();
      }
    };
  }
}
