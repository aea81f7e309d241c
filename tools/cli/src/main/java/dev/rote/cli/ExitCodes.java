package dev.rote.cli;

/** Exit codes of every command; {@code rote --help} lists them. */
public final class ExitCodes {
  /** Done. */
  public static final int OK = 0;

  /** A sweep failed or was cancelled, or some of its trials failed. */
  public static final int SWEEP_FAILED = 1;

  /** Bad usage, or an invalid sweep or request. */
  public static final int INVALID = 2;

  /** A service does not answer. */
  public static final int UNREACHABLE = 3;

  /** What was named is not there: a sweep, trial, file, directory, dataset or stack. */
  public static final int NOT_FOUND = 4;

  /** Refused or failed for another reason: wrong state, damaged data, disk, a bug. */
  public static final int FAILED = 5;

  /** Interrupted by Ctrl-C. */
  public static final int INTERRUPTED = 130;

  private ExitCodes() {}
}
