package dev.rote.cli.command;

import dev.rote.cli.CommandFailure;
import dev.rote.cli.ExitCodes;
import dev.rote.cli.Session;
import dev.rote.cli.service.Connections;
import dev.rote.cli.service.EndpointOptions;
import dev.rote.cli.tables.TableFiles;
import dev.rote.v1.ExportCheckpointRequest;
import dev.rote.v1.ExportCheckpointRequest.Format;
import dev.rote.v1.ExportCheckpointResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rote export}. */
@Command(
    name = "export",
    header = "Saves a network's weights, or a sweep's tables, for other programs.",
    description = {
      "Formats: npz and safetensors have names and shapes of the checkpoint; torch (safetensors)"
          + " and torch-npz those of a state_dict of PyTorch; dl4j is a zip that DL4J's"
          + " ModelSerializer opens. 'rote trials NAME' lists the ids of trials.",
      "With --tables, all numbers of a sweep: trials, epochs, traces and scores of examples, measurements,"
          + " figures and claims, as Parquet (default) or csv; of a sweep under way or cancelled,"
          + " what there is so far."
    })
public final class ExportCommand implements Callable<Integer> {
  private static final String PARQUET = "parquet";
  private static final String CSV = "csv";
  private static final Map<String, Format> WORDS =
      Map.of(
          "npz", Format.NPZ,
          "safetensors", Format.SAFETENSORS,
          "torch", Format.TORCH,
          "torch-npz", Format.TORCH_NPZ,
          "dl4j", Format.DL4J);

  private final Session session;

  @Parameters(
      paramLabel = "TRIAL",
      description = "Id of a trial; with --tables, id or name of a sweep.")
  private String trial = "";

  @Option(
      names = "--tables",
      paramLabel = "DIR",
      description = "Writes a sweep's tables, one file each, into this directory.")
  private @Nullable Path tables;

  @Option(
      names = "--epoch",
      paramLabel = "N",
      description = "Epoch of the checkpoint (default: the last one kept).")
  private @Nullable Integer epoch;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "npz, safetensors, torch, torch-npz or dl4j (default: dl4j); with --tables, parquet or"
              + " csv (default: parquet).")
  private @Nullable String format;

  @Option(
      names = "--optimizer",
      description = "Also what the optimiser keeps, such as momenta; npz and safetensors alone.")
  private boolean optimizer;

  @Option(
      names = {"-O", "--file"},
      paramLabel = "FILE",
      description =
          "Where to write (default: <trial> or <trial>-epoch<N>, and .npz, .safetensors or .zip).")
  private @Nullable Path file;

  @Mixin private final EndpointOptions endpoints;

  ExportCommand(Session session) {
    this.session = session;
    this.endpoints = new EndpointOptions(session);
  }

  @Override
  public Integer call() throws IOException {
    if (tables != null) {
      writeTables(tables);
    } else {
      writeWeights(weights(format == null ? "dl4j" : format));
    }
    return ExitCodes.OK;
  }

  private void writeTables(Path folder) throws IOException {
    if (epoch != null || optimizer || file != null) {
      throw new CommandFailure(
          ExitCodes.INVALID,
          "--epoch, --optimizer and --file are of weights: --tables takes --format alone");
    }
    String word = format == null ? PARQUET : format;
    if (!word.equals(PARQUET) && !word.equals(CSV)) {
      throw new CommandFailure(
          ExitCodes.INVALID, "--format must be parquet or csv with --tables, was " + word);
    }
    WritablePlace.folder("--tables", folder);
    try (Connections connections = endpoints.connect()) {
      new TableFiles(connections.sweepsStream(), folder, word.equals(CSV))
          .write(trial, session.out()::println);
    }
  }

  private void writeWeights(Format format) throws IOException {
    Path target =
        file != null
            ? file
            : Path.of(trial + (epoch == null ? "" : "-epoch" + epoch) + suffix(format));
    ExportCheckpointRequest.Builder request =
        ExportCheckpointRequest.newBuilder()
            .setTrialId(trial)
            .setFormat(format)
            .setOptimizer(optimizer);
    if (epoch != null) {
      if (epoch < 0) {
        throw new CommandFailure(ExitCodes.INVALID, "--epoch must be at least 0, was " + epoch);
      }
      request.setEpoch(epoch);
    }
    WritablePlace.file("--file", target);
    try (Connections connections = endpoints.connect()) {
      write(connections.trainerStream().exportCheckpoint(request.build()), target.toAbsolutePath());
    }
    session.out().println(target);
  }

  private static String suffix(Format format) {
    return switch (format) {
      case NPZ, TORCH_NPZ -> ".npz";
      case SAFETENSORS, TORCH -> ".safetensors";
      default -> ".zip";
    };
  }

  /** Formats of weights by the words of the command line. */
  private static Format weights(String word) {
    Format format = WORDS.get(word);
    if (format == null) {
      throw new CommandFailure(
          ExitCodes.INVALID,
          "--format must be npz, safetensors, torch, torch-npz or dl4j, was "
              + word
              + (word.equals(PARQUET) || word.equals(CSV)
                  ? "; tables of a sweep need --tables DIR"
                  : ""));
    }
    return format;
  }

  /* Beside its place first: a broken stream leaves no half a file. */
  private static void write(Iterator<ExportCheckpointResponse> chunks, Path target)
      throws IOException {
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try {
      try (OutputStream out = Files.newOutputStream(part)) {
        while (chunks.hasNext()) {
          chunks.next().getChunk().writeTo(out);
        }
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
