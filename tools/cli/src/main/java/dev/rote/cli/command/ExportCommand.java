package dev.rote.cli.command;

import dev.rote.cli.CommandFailure;
import dev.rote.cli.ExitCodes;
import dev.rote.cli.Session;
import dev.rote.cli.service.Connections;
import dev.rote.cli.service.EndpointOptions;
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
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rote export}. */
@Command(
    name = "export",
    header = "Saves a trained network's weights for another program.",
    description = {
      "Formats: npz and safetensors have names and shapes of the checkpoint; torch (safetensors) and"
          + " torch-npz those of a state_dict of PyTorch; dl4j is a zip that DL4J's"
          + " ModelSerializer opens. 'rote trials NAME' lists the ids of trials."
    })
public final class ExportCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "TRIAL", description = "Id of a trial.")
  private String trial = "";

  @Option(
      names = "--epoch",
      paramLabel = "N",
      description = "Epoch of the checkpoint (default: the last one kept).")
  private @Nullable Integer epoch;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      converter = FormatWord.class,
      defaultValue = "dl4j",
      description = "npz, safetensors, torch, torch-npz or dl4j (default: dl4j).")
  private Format format = Format.DL4J;

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
    return ExitCodes.OK;
  }

  private static String suffix(Format format) {
    return switch (format) {
      case NPZ, TORCH_NPZ -> ".npz";
      case SAFETENSORS, TORCH -> ".safetensors";
      default -> ".zip";
    };
  }

  /** Formats by the words of the command line. */
  static final class FormatWord implements CommandLine.ITypeConverter<Format> {
    private static final Map<String, Format> WORDS =
        Map.of(
            "npz", Format.NPZ,
            "safetensors", Format.SAFETENSORS,
            "torch", Format.TORCH,
            "torch-npz", Format.TORCH_NPZ,
            "dl4j", Format.DL4J);

    @Override
    public Format convert(String word) {
      Format format = WORDS.get(word);
      if (format == null) {
        throw new CommandLine.TypeConversionException(
            "must be npz, safetensors, torch, torch-npz or dl4j, was " + word);
      }
      return format;
    }
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
