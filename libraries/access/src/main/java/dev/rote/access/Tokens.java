package dev.rote.access;

/** Tokens that say themselves who holds them, signed by somebody who is trusted. */
public interface Tokens {

  /** Whether a text has the form of such a token. */
  boolean isOne(String text);

  /**
   * Who holds a token.
   *
   * @throws AccessRefused when it is not sound
   */
  Caller holder(String token);
}
