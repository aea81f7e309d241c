package dev.rote.artifacts;

import io.minio.errors.ErrorResponseException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A trouble of the machine that a service runs on, which is no fault of the work that met it:
 * elsewhere, or later, the same work goes well.
 *
 * @param kind what it is
 * @param message what failed, for people
 */
public record HostTrouble(Kind kind, String message) {

  /** What is wrong with the machine. */
  public enum Kind {
    /** A disk of it takes no more bytes or files. */
    DISK_FULL,
    /** A disk of it cannot be written to at all. */
    DISK_READ_ONLY,
    /** Its process may not open more files. */
    FILES_EXHAUSTED,
    /** It has too little memory outside the Java heap, of the machine or of its card. */
    MEMORY_SHORT,
    /** Its clock is so far off that the object store refuses what it signs. */
    CLOCK_WRONG,
    /** A native library is missing or cannot be loaded. */
    LIBRARY_MISSING
  }

  private record Sign(String words, Kind kind) {}

  /* What operating systems say; Java has no types for it. */
  private static final List<Sign> OF_FILES =
      List.of(
          new Sign("no space left on device", Kind.DISK_FULL),
          new Sign("disk quota exceeded", Kind.DISK_FULL),
          new Sign("not enough space on the disk", Kind.DISK_FULL),
          new Sign("read-only file system", Kind.DISK_READ_ONLY),
          new Sign("too many open files", Kind.FILES_EXHAUSTED),
          new Sign("map failed", Kind.MEMORY_SHORT),
          new Sign("cannot allocate memory", Kind.MEMORY_SHORT));

  /* Of JavaCPP, ND4J and CUDA: limits of their own beside the heap, of which the process outlives the end. */
  private static final List<Sign> OF_MEMORY =
      List.of(
          new Sign("physical memory usage is too high", Kind.MEMORY_SHORT),
          new Sign("failed to allocate memory within limits", Kind.MEMORY_SHORT),
          new Sign("cannot allocate new", Kind.MEMORY_SHORT),
          new Sign("cuda_error_out_of_memory", Kind.MEMORY_SHORT),
          new Sign("cudaerrormemoryallocation", Kind.MEMORY_SHORT),
          new Sign("[device] allocation failed", Kind.MEMORY_SHORT),
          new Sign("[host] allocation failed", Kind.MEMORY_SHORT));

  private static final String SKEWED = "RequestTimeTooSkewed";
  private static final Duration MOST_SKEW = Duration.ofMinutes(14);

  /** The trouble behind a failure, if that is what it comes from. */
  public static Optional<HostTrouble> of(Throwable failure) {
    return of(failure, Clock.systemUTC());
  }

  static Optional<HostTrouble> of(Throwable failure, Clock clock) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Optional<Kind> kind = kind(cause, clock);
      if (kind.isPresent()) {
        return Optional.of(new HostTrouble(kind.get(), told(failure, cause)));
      }
    }
    return Optional.empty();
  }

  private static String told(Throwable failure, Throwable cause) {
    return failure == cause ? cause.toString() : failure.getMessage() + " (" + cause + ")";
  }

  private static Optional<Kind> kind(Throwable cause, Clock clock) {
    if (cause instanceof ErrorResponseException answer) {
      return skewed(answer, clock) ? Optional.of(Kind.CLOCK_WRONG) : Optional.empty();
    }
    if (cause instanceof LinkageError) {
      return Optional.of(Kind.LIBRARY_MISSING);
    }
    String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    return (cause instanceof IOException ? OF_FILES : OF_MEMORY)
        .stream().filter(sign -> message.contains(sign.words())).map(Sign::kind).findFirst();
  }

  /* The answer to a HEAD has no body that could say so: its date does. */
  private static boolean skewed(ErrorResponseException answer, Clock clock) {
    if (SKEWED.equals(answer.errorResponse().code())) {
      return true;
    }
    String date = answer.response().header("Date");
    if (date == null || answer.response().code() != 403) {
      return false;
    }
    try {
      ZonedDateTime there = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME);
      Duration off = Duration.between(there.toInstant(), clock.instant()).abs();
      return off.compareTo(MOST_SKEW) > 0;
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}
