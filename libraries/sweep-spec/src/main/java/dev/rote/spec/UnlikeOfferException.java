package dev.rote.spec;

/** Offered work whose ids are not those of the specification that it holds: it is not done. */
public final class UnlikeOfferException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** For programs. */
  public static final String REASON = "IDS_DIFFER";

  private UnlikeOfferException(String message) {
    super(message);
  }

  static void require(String what, String offered, String here) {
    if (!offered.equals(here)) {
      throw new UnlikeOfferException(
          "the %s of the offered work is named '%s', and by its specification is %s: it is not done"
              .formatted(what, offered, here));
    }
  }

  static void requireId(String what, String offered) {
    if (offered.isEmpty()) {
      throw new UnlikeOfferException("the offered work names no " + what);
    }
  }
}
