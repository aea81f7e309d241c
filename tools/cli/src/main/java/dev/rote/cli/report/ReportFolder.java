package dev.rote.cli.report;

import dev.rote.cli.CommandFailure;
import dev.rote.cli.ExitCodes;
import dev.rote.v1.DownloadReportResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where downloaded reports of one sweep name lie: each in the folder {@code <out>/<sweep id>}, and
 * the newest also in {@code <out>/<sweep name>}.
 *
 * <p>A folder is written beside its place and moved there when complete, so that it is never half
 * there. The newest one shares its files with the one of its id where the file system can.
 */
public final class ReportFolder {
  /** The file that marks a folder as a report, which the next one may replace. */
  private static final String MARK = "provenance.json";

  private final Path out;
  private final Path newest;

  public ReportFolder(Path out, String sweepName) {
    this.out = out;
    this.newest = out.resolve(sweepName);
  }

  public Path path() {
    return newest;
  }

  /** The page to open first. */
  public Path page() {
    return newest.resolve("report.html");
  }

  /**
   * Looks whether a report may be written here, before there is one.
   *
   * @throws CommandFailure when the folder holds something else
   */
  public void check() throws IOException {
    refuseForeign(newest);
  }

  /**
   * Writes the files of a report in place of those of an earlier one of the same sweep, and makes
   * it the newest of its name. Reports of other sweeps of that name stay, by their ids.
   *
   * @throws CommandFailure when a folder holds something else, a path leads out of it, or a file is
   *     not as long as was said; then all is as it was before
   */
  public void write(String sweepId, Iterator<DownloadReportResponse> chunks) throws IOException {
    if (!sweepId.matches("[A-Za-z0-9-]+")) {
      throw new CommandFailure(ExitCodes.FAILED, "'" + sweepId + "' is no id of a sweep");
    }
    Path kept = out.resolve(sweepId);
    refuseForeign(newest);
    refuseForeign(kept);
    Files.createDirectories(out);
    Path parent = out.toRealPath();
    /* Its own: others may fetch the same report at the same time. */
    try (UnfinishedFolder unfinished =
        UnfinishedFolder.in(parent, newest.getFileName().toString())) {
      Path fresh = unfinished.path();
      IncomingFiles.receive(chunks, fresh);
      if (!Files.exists(fresh.resolve(MARK))) {
        throw new CommandFailure(ExitCodes.FAILED, "the report that came is without its " + MARK);
      }
      keepEarlier(sweepId);
      FileTree.replace(parent.resolve(sweepId), fresh);
      FileTree.link(parent.resolve(sweepId), fresh);
      FileTree.replace(parent.resolve(newest.getFileName()), fresh);
    }
  }

  /* Reports from before lie under their names alone. */
  private void keepEarlier(String sweepId) throws IOException {
    Optional<String> earlier = ReportMark.sweepId(newest.resolve(MARK));
    if (earlier.isPresent() && !earlier.get().equals(sweepId)) {
      Path own = out.resolve(earlier.get());
      if (!Files.exists(own)) {
        Files.move(newest, own);
      }
    }
  }

  private static void refuseForeign(Path folder) throws IOException {
    if (!Files.exists(folder) || Files.exists(folder.resolve(MARK))) {
      return;
    }
    boolean empty;
    try (Stream<Path> entries =
        Files.isDirectory(folder) ? Files.list(folder) : Stream.of(folder)) {
      empty = entries.findAny().isEmpty();
    }
    if (!empty) {
      throw new CommandFailure(
          ExitCodes.FAILED,
          folder + " is there and is no report of Rote's: move it away or choose another --out");
    }
  }
}
