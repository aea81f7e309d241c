package dev.rote.spec;

import java.util.List;
import java.util.stream.Collectors;

/** A specification is refused. */
public final class SpecException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int IN_THE_MESSAGE = 20;

  private final transient List<Violation> violations;

  /**
   * @param violations at least one
   */
  public SpecException(List<Violation> violations) {
    super(message(violations));
    this.violations = List.copyOf(violations);
  }

  public SpecException(String path, String message) {
    this(List.of(new Violation(path, message)));
  }

  private static String message(List<Violation> violations) {
    String first =
        violations.stream()
            .limit(IN_THE_MESSAGE)
            .map(Violation::toString)
            .collect(Collectors.joining("; "));
    int more = violations.size() - IN_THE_MESSAGE;
    return more > 0 ? first + "; and " + more + " more" : first;
  }

  /** What is wrong, in the order of the specification: all of it, or the first hundred. */
  public List<Violation> violations() {
    return violations;
  }
}
