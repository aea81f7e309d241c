package dev.rote.cli.command;

import dev.rote.cli.CommandFailure;
import dev.rote.cli.ExitCodes;
import dev.rote.cli.Session;
import dev.rote.cli.service.Connections;
import dev.rote.cli.service.EndpointOptions;
import dev.rote.v1.StoreFileResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code rote datasets put}. */
@Command(
    name = "put",
    header = "Puts a file into the services' object storage, and says how a sweep names it.",
    description = {
      "The file is kept once, under its SHA-256; the same file again is not kept twice. A sweep"
          + " names it as path of `dataset: {name: files, files: {train: {path: …}}}`, and"
          + " whichever machine makes the data fetches it."
    })
public final class DatasetsPutCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "FILE", description = "A file of a dataset, in any format.")
  private Path file = Path.of("");

  @Mixin private final EndpointOptions endpoints;

  DatasetsPutCommand(Session session) {
    this.session = session;
    this.endpoints = new EndpointOptions(session);
  }

  @Override
  public Integer call() throws Exception {
    if (!Files.isRegularFile(file)) {
      throw new CommandFailure(
          Files.exists(file) ? ExitCodes.INVALID : ExitCodes.NOT_FOUND,
          Files.isDirectory(file)
              ? file + " is a folder: put its files, packed into one .npz or Parquet file"
              : (Files.exists(file)
                  ? file + " is no file that can be put"
                  : "there is no file " + file));
    }
    try (Connections connections = endpoints.connect()) {
      StoreFileResponse stored = connections.store(file);
      session.note(
          stored.getSizeBytes()
              + " bytes "
              + (stored.getCreated() ? "were put there" : "were there already"));
      session.out().println(stored.getPath());
      session.out().flush();
    }
    return ExitCodes.OK;
  }
}
