package dev.rote.cli.service;

import dev.rote.grpcerrors.ApiErrors;
import dev.rote.spec.SpecException;
import dev.rote.spec.SweepFiles;
import dev.rote.spec.Violation;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** What services refuse of a sweep, told where its file has it. */
public final class PlacedRefusals {
  private PlacedRefusals() {}

  /**
   * Does something with the sweep of a file.
   *
   * @throws SpecException with what a service found wrong and where that is written, in place of
   *     the failure, which goes on as it is where the file has none of the fields
   */
  public static <T> T of(Path file, Callable<T> call) throws Exception {
    try {
      return call.call();
    } catch (StatusRuntimeException e) {
      List<Violation> wrong = ApiErrors.violations(e);
      if (wrong.isEmpty()) {
        throw e;
      }
      List<Violation> placed = SweepFiles.placed(Files.readString(file), file.toString(), wrong);
      if (placed.stream().allMatch(each -> each.place().isEmpty())) {
        throw e;
      }
      throw new SpecException(placed);
    }
  }
}
