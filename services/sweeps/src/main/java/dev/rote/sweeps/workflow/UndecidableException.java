package dev.rote.sweeps.workflow;

/** What an event asks for cannot be decided; the message is a sentence for users. */
final class UndecidableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UndecidableException(String message) {
    super(message);
  }
}
