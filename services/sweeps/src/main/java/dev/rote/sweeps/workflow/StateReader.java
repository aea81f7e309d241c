package dev.rote.sweeps.workflow;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sorted entries of ASCII keys and serialized records. */
public interface StateReader {

  /**
   * Reads several entries as they are at one moment, between two decisions; quick, since decisions
   * wait meanwhile.
   */
  default <T> T atOnce(Supplier<T> reading) {
    return reading.get();
  }

  /** The value under a key, null when there is none. */
  byte @Nullable [] get(String key);

  /** Shows the entries of {@code [from, to)} in order until the visitor has enough. */
  void scan(String from, String to, Visitor visitor);

  /**
   * The state cannot be read now: says nothing of what is to be decided, so that the event must be
   * decided again.
   */
  final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnreadableException(RuntimeException cause) {
      super(cause);
    }
  }

  /** Sees entries. */
  @FunctionalInterface
  interface Visitor {
    /** Returns whether to go on. */
    boolean visit(String key, byte[] value);
  }
}
