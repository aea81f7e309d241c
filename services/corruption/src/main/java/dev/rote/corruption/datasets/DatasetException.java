package dev.rote.corruption.datasets;

import java.util.Map;

/** A dataset cannot be read as asked. */
public final class DatasetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** The request does not fit the dataset; the subject is the path of the field. */
    REFUSED,
    /** A file is not there; the subject is the dataset. */
    MISSING,
    /** A file's bytes are not what they must be; the subject is the file. */
    DAMAGED,
    /** A file could not be read or fetched; the subject is the file or its address. */
    UNREACHABLE
  }

  private final Reason reason;
  private final String subject;
  private final transient Map<String, String> facts;

  private DatasetException(
      Reason reason, String subject, String message, Map<String, String> facts) {
    super(message);
    this.reason = reason;
    this.subject = subject;
    this.facts = Map.copyOf(facts);
  }

  public static DatasetException refused(String field, String message) {
    return new DatasetException(Reason.REFUSED, field, message, Map.of());
  }

  public static DatasetException missing(String dataset, String message) {
    return new DatasetException(Reason.MISSING, dataset, message, Map.of());
  }

  /**
   * A file's bytes are not what they must be.
   *
   * @param what the property that is wrong, such as {@code SHA-256}
   */
  public static DatasetException damaged(String file, String what, String expected, String actual) {
    return damaged(
        file,
        what,
        expected,
        actual,
        file + " is damaged: " + what + " must be " + expected + ", was " + actual);
  }

  /**
   * A file's bytes are not what they must be.
   *
   * @param message the same, as a sentence
   */
  public static DatasetException damaged(
      String file, String what, String expected, String actual, String message) {
    return new DatasetException(
        Reason.DAMAGED,
        file,
        message,
        Map.of("file", file, "property", what, "expected", expected, "actual", actual));
  }

  /**
   * What was fetched is not the file of the sum that was given. Its own sum is not told: whoever
   * names an address has not shown that he may read what lies there.
   */
  public static DatasetException another(String file, String sha256) {
    return new DatasetException(
        Reason.DAMAGED,
        file,
        file
            + " is not the file of the SHA-256 that was given, "
            + sha256
            + ": `sha256sum FILE` prints the one of a file that you have",
        Map.of("file", file, "property", "SHA-256", "expected", sha256));
  }

  public static DatasetException unreachable(String subject, String message, Throwable cause) {
    DatasetException failure = new DatasetException(Reason.UNREACHABLE, subject, message, Map.of());
    failure.initCause(cause);
    return failure;
  }

  /** What lies under a path became another while it was read; asked again, that one is read. */
  static DatasetException changing(String path) {
    return new DatasetException(
        Reason.UNREACHABLE,
        path,
        path + " changed while it was read: try again when nobody writes to it",
        Map.of());
  }

  public Reason reason() {
    return reason;
  }

  /** What the reason is about. */
  public String subject() {
    return subject;
  }

  /**
   * Of a damaged file: {@code file}, {@code property}, {@code expected}, and, where it may be told,
   * {@code actual}.
   */
  public Map<String, String> facts() {
    return facts;
  }
}
