package dev.rote.spec;

import java.util.regex.Pattern;

/** Collects violations under a path. */
final class Checks {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,30}");

  private final Violations violations;
  private final String path;

  private Checks(Violations violations, String path) {
    this.violations = violations;
    this.path = path;
  }

  static Checks at(String path) {
    return new Checks(new Violations(), path);
  }

  /** Checks of a field below this one, collected together with these. */
  Checks in(String field) {
    String separator = path.isEmpty() || field.isEmpty() || field.startsWith("[") ? "" : ".";
    return new Checks(violations, path + separator + field);
  }

  /** Checks of another place, collected together with these. */
  Checks outside(Checks place) {
    return new Checks(violations, place.path);
  }

  void violate(String field, String message) {
    violations.add(new Violation(in(field).path, message));
  }

  void require(boolean holds, String field, String message) {
    if (!holds) {
      violate(field, message);
    }
  }

  /** Requires a number in [low, high]. */
  void inRange(String field, double value, double low, double high) {
    /* Words are made when they are needed: matrices have millions of values. */
    if (!(value >= low && value <= high)) {
      violate(
          field,
          "must be in ["
              + TreeReader.number(low)
              + ", "
              + TreeReader.number(high)
              + "], was "
              + TreeReader.number(value));
    }
  }

  /** Requires an unsigned integer in [low, high]. */
  void inRange(String field, int unsigned, long low, long high) {
    long value = Integer.toUnsignedLong(unsigned);
    require(
        value >= low && value <= high,
        field,
        "must be in [" + low + ", " + high + "], was " + value);
  }

  /** Requires a number in [0, 1). */
  void probabilityBelowOne(String field, double value) {
    require(value >= 0 && value < 1, field, "must be in [0, 1), was " + TreeReader.number(value));
  }

  /** Requires a finite number at least 0. */
  void notNegative(String field, double value) {
    require(
        value >= 0 && Double.isFinite(value),
        field,
        "must be finite and at least 0, was " + TreeReader.number(value));
  }

  /** Requires a finite number above 0. */
  void positive(String field, double value) {
    require(
        value > 0 && Double.isFinite(value),
        field,
        "must be finite and above 0, was " + TreeReader.number(value));
  }

  /** Requires a name that is safe in paths. */
  void name(String field, String value) {
    require(
        NAME.matcher(value).matches(),
        field,
        "must be 1 to 31 lower-case letters, digits and hyphens, a letter first, was \""
            + value
            + "\"");
  }

  String path() {
    return path;
  }

  void throwIfAny() {
    violations.throwIfAny();
  }

  boolean isEmpty() {
    return violations.isEmpty();
  }

  Violations violations() {
    return violations;
  }
}
