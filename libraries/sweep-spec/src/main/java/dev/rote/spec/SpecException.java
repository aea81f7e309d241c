package dev.rote.spec;

import java.util.List;
import java.util.stream.Collectors;

/** A specification is refused. */
public final class SpecException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Violation> violations;

  /**
   * @param violations at least one
   */
  public SpecException(List<Violation> violations) {
    super(violations.stream().map(Violation::toString).collect(Collectors.joining("; ")));
    this.violations = List.copyOf(violations);
  }

  public SpecException(String path, String message) {
    this(List.of(new Violation(path, message)));
  }

  /** All that is wrong, in the order of the specification. */
  public List<Violation> violations() {
    return violations;
  }
}
