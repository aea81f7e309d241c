package dev.rote.spec;

import java.util.ArrayList;
import java.util.List;

/** Violations as they are found; the hundredth ends the search. */
final class Violations {
  static final int MOST = 100;

  private final List<Violation> found = new ArrayList<>();

  /**
   * Takes one more.
   *
   * @throws SpecException with all of them, when there are enough
   */
  void add(Violation violation) {
    found.add(violation);
    if (found.size() >= MOST) {
      throw new SpecException(found);
    }
  }

  /**
   * Ends the search when anything was found.
   *
   * @throws SpecException with all that was found
   */
  void throwIfAny() {
    if (!found.isEmpty()) {
      throw new SpecException(found);
    }
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  List<Violation> list() {
    return List.copyOf(found);
  }
}
