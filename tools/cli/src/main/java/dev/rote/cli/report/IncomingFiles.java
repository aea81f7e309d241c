package dev.rote.cli.report;

import dev.rote.cli.CommandFailure;
import dev.rote.cli.ExitCodes;
import dev.rote.v1.DownloadReportResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The files of a report as they come in, one after another. */
final class IncomingFiles implements AutoCloseable {
  private final Path into;
  private String name = "";
  private long size;
  private long received;
  private @Nullable OutputStream out;

  private IncomingFiles(Path into) {
    this.into = into;
  }

  /**
   * Writes them into a folder.
   *
   * @throws CommandFailure when a path leads out of it, or a file is not as long as was said
   */
  static void receive(Iterator<DownloadReportResponse> chunks, Path into) throws IOException {
    try (IncomingFiles file = new IncomingFiles(into)) {
      while (chunks.hasNext()) {
        DownloadReportResponse chunk = chunks.next();
        if (!chunk.getPath().isEmpty()) {
          file.begin(chunk.getPath(), chunk.getSizeBytes());
        }
        file.append(chunk.getChunk().toByteArray());
      }
      file.finish();
    }
  }

  private void begin(String path, long sizeBytes) throws IOException {
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

  private void append(byte[] bytes) throws IOException {
    if (out == null) {
      throw new CommandFailure(ExitCodes.FAILED, "the report begins without a file name");
    }
    out.write(bytes);
    received += bytes.length;
  }

  private void finish() throws IOException {
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
