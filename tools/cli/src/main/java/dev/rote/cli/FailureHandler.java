package dev.rote.cli;

import dev.rote.embedded.StackException;
import dev.rote.grpcerrors.ApiErrors;
import dev.rote.spec.SpecException;
import dev.rote.spec.Violation;
import dev.rote.spec.VisibleText;
import io.grpc.StatusRuntimeException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what a command throws into one message and an exit code. */
public final class FailureHandler implements IExecutionExceptionHandler {
  private static final String MISSING = "DATASET_MISSING";
  private static final String WHERE_DATASETS =
      "\n"
          + "  --datasets DIR, or the variable ROTE_DATASETS, tells the command that starts the"
          + " services where the files lie.";

  private final Session session;

  public FailureHandler(Session session) {
    this.session = session;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    return report(failure);
  }

  /** Says what is wrong and returns the exit code that stands for it. */
  public int report(Exception failure) {
    PrintWriter err = session.err();
    if (session.debug()) {
      failure.printStackTrace(err);
    }
    int exitCode = report(failure, err);
    err.flush();
    return exitCode;
  }

  private int report(Exception failure, PrintWriter err) {
    if (failure instanceof CommandFailure known) {
      say(err, "rote: " + known.getMessage());
      return known.exitCode();
    }
    if (failure instanceof StatusRuntimeException status) {
      say(err, "rote: " + describe(status));
      return exitCode(status);
    }
    if (failure instanceof SpecException invalid) {
      printViolations(invalid, err);
      return ExitCodes.INVALID;
    }
    if (failure instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
      return report(unchecked.getCause(), err);
    }
    if (failure instanceof NoSuchFileException || failure instanceof FileNotFoundException) {
      say(err, "rote: no such file: " + failure.getMessage());
      return ExitCodes.NOT_FOUND;
    }
    if (failure instanceof FileSystemException io) {
      String reason = io.getReason() == null ? io.getClass().getSimpleName() : io.getReason();
      say(err, "rote: " + io.getFile() + ": " + reason);
      return ExitCodes.FAILED;
    }
    if (failure instanceof IOException || failure instanceof StackException) {
      say(err, "rote: " + failure.getMessage());
      return ExitCodes.FAILED;
    }
    if (failure instanceof InterruptedException) {
      return ExitCodes.INTERRUPTED;
    }
    say(err, "rote: unexpected " + failure + (session.debug() ? "" : " (--debug shows where)"));
    return ExitCodes.FAILED;
  }

  /** Messages may quote what others wrote. */
  private static void say(PrintWriter err, String text) {
    err.println(VisibleText.block(text));
  }

  /* What the transport says of itself is of little use to anyone; its cause is. */
  private static String describe(StatusRuntimeException failure) {
    String reason = ApiErrors.reason(failure).orElse("");
    boolean declared = !reason.isEmpty();
    return switch (failure.getStatus().getCode()) {
      case UNAVAILABLE ->
          declared
              ? ApiErrors.describe(failure)
              : "a service does not answer: " + transportFailure(failure);
      case DEADLINE_EXCEEDED ->
          declared ? ApiErrors.describe(failure) : "a service did not answer in time";
      case UNIMPLEMENTED ->
          "the address is not that of the right service: " + ApiErrors.describe(failure);
      default -> ApiErrors.describe(failure) + (reason.equals(MISSING) ? WHERE_DATASETS : "");
    };
  }

  private static String transportFailure(StatusRuntimeException failure) {
    Throwable cause = failure.getStatus().getCause();
    return cause == null || cause.getMessage() == null
        ? ApiErrors.describe(failure)
        : cause.getMessage();
  }

  private static void printViolations(SpecException invalid, PrintWriter err) {
    say(err, "rote: the sweep is invalid:");
    for (Violation violation : invalid.violations()) {
      say(err, "  " + violation);
    }
  }

  /** The exit code that stands for a gRPC status. */
  static int exitCode(StatusRuntimeException status) {
    return switch (status.getStatus().getCode()) {
      case UNAVAILABLE, DEADLINE_EXCEEDED -> ExitCodes.UNREACHABLE;
      case NOT_FOUND -> ExitCodes.NOT_FOUND;
      case FAILED_PRECONDITION ->
          ApiErrors.reason(status).filter(MISSING::equals).isPresent()
              ? ExitCodes.NOT_FOUND
              : ExitCodes.FAILED;
      case INVALID_ARGUMENT, OUT_OF_RANGE -> ExitCodes.INVALID;
      case CANCELLED -> ExitCodes.INTERRUPTED;
      default -> ExitCodes.FAILED;
    };
  }
}
