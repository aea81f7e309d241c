package dev.rote.cli.report;

import dev.rote.cli.CommandFailure;
import dev.rote.cli.ExitCodes;
import dev.rote.v1.DownloadReportResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder {@code <out>/<sweep name>} of a downloaded report.
 *
 * <p>It is written beside its place and moved there when complete, so that it is never half there.
 */
public final class ReportFolder {
  /** The file that marks a folder as a report, which the next one may replace. */
  private static final String MARK = "provenance.json";

  private final Path folder;

  public ReportFolder(Path out, String sweepName) {
    this.folder = out.resolve(sweepName);
  }

  public Path path() {
    return folder;
  }

  /** The page to open first. */
  public Path page() {
    return folder.resolve("report.html");
  }

  /**
   * Looks whether a report may be written here, before there is one.
   *
   * @throws CommandFailure when the folder holds something else
   */
  public void check() throws IOException {
    refuseForeignFolder();
  }

  /**
   * Writes the files of a report in place of those of an earlier one.
   *
   * @throws CommandFailure when the folder holds something else, a path leads out of it, or a file
   *     is not as long as was said; then the folder is as it was before
   */
  public void write(Iterator<DownloadReportResponse> chunks) throws IOException {
    refuseForeignFolder();
    Path parent = folder.toAbsolutePath().normalize().getParent();
    if (parent == null) {
      throw new CommandFailure(ExitCodes.INVALID, folder + " cannot hold a report");
    }
    Path fresh = parent.resolve("." + folder.getFileName() + ".part");
    delete(fresh);
    Files.createDirectories(fresh);
    try {
      receive(chunks, fresh);
      replaceBy(fresh);
    } finally {
      delete(fresh);
    }
  }

  private void refuseForeignFolder() throws IOException {
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

  private static void receive(Iterator<DownloadReportResponse> chunks, Path into)
      throws IOException {
    try (Incoming file = new Incoming(into)) {
      while (chunks.hasNext()) {
        DownloadReportResponse chunk = chunks.next();
        if (!chunk.getPath().isEmpty()) {
          file.begin(chunk.getPath(), chunk.getSizeBytes());
        }
        file.append(chunk.getChunk().toByteArray());
      }
      file.finish();
    }
    if (!Files.exists(into.resolve(MARK))) {
      throw new CommandFailure(ExitCodes.FAILED, "the report that came is without its " + MARK);
    }
  }

  private void replaceBy(Path fresh) throws IOException {
    if (!Files.exists(folder)) {
      Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    Path old = fresh.resolveSibling("." + folder.getFileName() + ".old");
    delete(old);
    Files.move(folder, old, StandardCopyOption.ATOMIC_MOVE);
    try {
      Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.move(old, folder, StandardCopyOption.ATOMIC_MOVE);
      throw e;
    }
    delete(old);
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> paths = Files.walk(tree)) {
      deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }

  /** The file that is being received. */
  private static final class Incoming implements AutoCloseable {
    private final Path into;
    private String name = "";
    private long size;
    private long received;
    private @Nullable OutputStream out;

    Incoming(Path into) {
      this.into = into;
    }

    void begin(String path, long sizeBytes) throws IOException {
      finish();
      Path target = into.resolve(path).normalize();
      if (!target.startsWith(into) || target.equals(into) || path.contains("\\")) {
        throw new CommandFailure(
            ExitCodes.FAILED, "the report names a file outside its folder: '" + path + "'");
      }
      Path parent = target.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      name = path;
      size = sizeBytes;
      received = 0;
      out = Files.newOutputStream(target);
    }

    void append(byte[] bytes) throws IOException {
      if (out == null) {
        throw new CommandFailure(ExitCodes.FAILED, "the report begins without a file name");
      }
      out.write(bytes);
      received += bytes.length;
    }

    void finish() throws IOException {
      close();
      if (received != size) {
        throw new CommandFailure(
            ExitCodes.FAILED,
            String.format("%s of the report has %d bytes, expected %d", name, received, size));
      }
    }

    @Override
    public void close() throws IOException {
      if (out != null) {
        out.close();
        out = null;
      }
    }
  }
}
