package dev.rote.spec;

/**
 * One thing that is wrong with a specification.
 *
 * @param path field, such as {@code spec.trial.corruption.labels.level}; empty for the whole
 * @param message what was wrong, the value and the bound, and what to write instead
 */
public record Violation(String path, String message) {

  @Override
  public String toString() {
    return path.isEmpty() ? message : path + ": " + message;
  }
}
