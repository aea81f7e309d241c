package dev.rote.cli.command;

import dev.rote.cli.CommandFailure;
import dev.rote.cli.ExitCodes;
import dev.rote.cli.Session;
import dev.rote.cli.adversarial.CriticalSampleSearch;
import dev.rote.cli.adversarial.CriticalSampleSearch.Found;
import dev.rote.cli.adversarial.ExampleBlock;
import dev.rote.cli.adversarial.IdxImages;
import dev.rote.cli.adversarial.Outcome;
import dev.rote.cli.adversarial.PairFiles;
import dev.rote.cli.adversarial.PixelsOutside;
import dev.rote.cli.adversarial.VariantExamples;
import dev.rote.cli.output.Column;
import dev.rote.cli.output.OutputFormat;
import dev.rote.cli.output.OutputOptions;
import dev.rote.cli.output.Printer;
import dev.rote.cli.progress.ProgressOptions;
import dev.rote.cli.service.Connections;
import dev.rote.cli.service.EndpointOptions;
import dev.rote.v1.DescribeVariantRequest;
import dev.rote.v1.ExampleSelection;
import dev.rote.v1.FindCriticalSamplesResponse;
import dev.rote.v1.GetTrialRequest;
import dev.rote.v1.SearchHeader;
import dev.rote.v1.Shape;
import dev.rote.v1.StreamExamplesRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rote adversarial}. */
@Command(
    name = "adversarial",
    header = "Finds adversarial examples of a trained network.",
    description = {
      "Sends examples to the search for critical samples: those with an input close by that the"
          + " network puts into another class. Examples come from the trial's own variant, from"
          + " another one (--variant), or from an IDX file (--images)."
    })
public final class AdversarialCommand implements Callable<Integer> {
  /** The splits of a variant. */
  enum Split {
    TRAINING,
    VALIDATION
  }

  private final Session session;

  @Parameters(paramLabel = "TRIAL", description = "Id of a trial ('rote trials NAME' lists them).")
  private String trial = "";

  @Option(
      names = "--epoch",
      paramLabel = "N",
      description = "Epoch of the checkpoint (default: the last one kept).")
  private @Nullable Integer epoch;

  @Option(names = "--variant", paramLabel = "ID", description = "Variant to take examples from.")
  private @Nullable String variant;

  @Option(
      names = "--images",
      paramLabel = "FILE",
      description =
          "IDX file to take examples from: unsigned bytes, which are divided by 255, or float32 in"
              + " [0, 1]; packed when it ends in .gz.")
  private @Nullable Path images;

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      defaultValue = "validation",
      description = "Split of the variant: training or validation (default: ${DEFAULT-VALUE}).")
  private Split split = Split.VALIDATION;

  @Option(
      names = "--offset",
      paramLabel = "N",
      defaultValue = "0",
      description = "First example (default: ${DEFAULT-VALUE}).")
  private long offset;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "100",
      description = "At most so many examples, 0 for all (default: ${DEFAULT-VALUE}).")
  private long count = 100;

  @Option(
      names = "--save",
      paramLabel = "DIR",
      description =
          "Writes each adversarial example and its original as PNG, all of them exactly as float32"
              + " in originals.idx and adversarials.idx, and the outcomes as outcomes.csv.")
  private @Nullable Path save;

  @Mixin private final SearchOptions search = new SearchOptions();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final ProgressOptions progress;
  @Mixin private final EndpointOptions endpoints;

  AdversarialCommand(Session session) {
    this.session = session;
    this.progress = new ProgressOptions(session);
    this.endpoints = new EndpointOptions(session);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    checkOptions();
    SearchHeader.Builder header = search.header(trial);
    if (epoch != null) {
      header.setEpoch(epoch);
    }
    if (images != null) {
      if (!Files.isRegularFile(images)) {
        throw new CommandFailure(ExitCodes.NOT_FOUND, "--images: there is no file " + images);
      }
      progress.note(IdxImages.describe(images, offset, count, search.anyRange()));
    }
    Found found;
    try (Connections connections = endpoints.connect()) {
      found = find(connections, header.build());
    }
    List<Outcome> outcomes = found.outcomes();
    FindCriticalSamplesResponse.Builder whole = FindCriticalSamplesResponse.newBuilder();
    outcomes.forEach(outcome -> whole.addSamples(outcome.sample()));
    output.printer(session).table(columns(), outcomes, whole.build());
    long critical = outcomes.stream().filter(outcome -> outcome.sample().getCritical()).count();
    progress.note(
        String.format(
            Locale.ROOT,
            "%d of %d examples are critical (ratio %.3f)",
            critical,
            outcomes.size(),
            outcomes.isEmpty() ? Double.NaN : (double) critical / outcomes.size()));
    explain(found);
    if (save != null) {
      save(outcomes, save);
    }
    return ExitCodes.OK;
  }

  /** Says what was searched and how, and what came of it that pictures do not have. */
  private void explain(Found found) {
    if (found.applied().hasSearch()) {
      progress.note(
          String.format(
              Locale.ROOT,
              "epoch %d of trial %s, %s",
              found.applied().getEpoch(),
              trial,
              SearchOptions.describe(found.applied())));
    }
    String outside = PixelsOutside.of(found.outcomes()).sentence();
    if (!outside.isEmpty()) {
      progress.note(outside);
    }
  }

  private void checkOptions() {
    if (variant != null && images != null) {
      throw new CommandFailure(ExitCodes.INVALID, "give --variant or --images, not both");
    }
    if (offset < 0 || count < 0) {
      throw new CommandFailure(
          ExitCodes.INVALID,
          String.format("--offset and --count must be at least 0, were %d and %d", offset, count));
    }
    if (save != null) {
      WritablePlace.folder("--save", save);
    }
  }

  private Found find(Connections connections, SearchHeader header)
      throws IOException, InterruptedException {
    if (images != null) {
      try (IdxImages examples = IdxImages.open(images, offset, count, search.anyRange())) {
        return CriticalSampleSearch.run(connections.metricsStream(), header, examples);
      }
    }
    return CriticalSampleSearch.run(
        connections.metricsStream(), header, variantExamples(connections));
  }

  private Iterator<ExampleBlock> variantExamples(Connections connections) {
    String id =
        variant != null
            ? variant
            : connections
                .trainer()
                .getTrial(GetTrialRequest.newBuilder().setTrialId(trial).build())
                .getResult()
                .getVariantId();
    Shape shape =
        connections
            .corruption()
            .describeVariant(DescribeVariantRequest.newBuilder().setVariantId(id).build())
            .getManifest()
            .getShape();
    return new VariantExamples(
        shape,
        connections
            .corruptionStream()
            .streamExamples(
                StreamExamplesRequest.newBuilder()
                    .setVariantId(id)
                    .setSplit(ExampleSelection.Split.valueOf(split.name()))
                    .setOffset(offset)
                    .setCount(count)
                    .build()));
  }

  private void save(List<Outcome> outcomes, Path folder) throws IOException {
    int pairs = new PairFiles(folder).write(outcomes);
    try (PrintWriter csv =
        new PrintWriter(
            Files.newBufferedWriter(folder.resolve("outcomes.csv"), StandardCharsets.UTF_8))) {
      new Printer(csv, OutputFormat.CSV)
          .table(columns(), outcomes, FindCriticalSamplesResponse.getDefaultInstance());
    }
    progress.note(pairs + " pairs in " + folder);
  }

  /* `index` counts from the first example sent; `example` is its place in the split or file. */
  private List<Column<Outcome>> columns() {
    return List.of(
        Column.number("index", outcome -> outcome.sample().getIndex()),
        Column.number("example", outcome -> offset + outcome.sample().getIndex()),
        Column.text("label", outcome -> outcome.label() < 0 ? "" : outcome.label() + ""),
        Column.number("predicted", outcome -> outcome.sample().getPredicted()),
        Column.text("critical", outcome -> outcome.sample().getCritical() ? "yes" : "no"),
        Column.number("adversarial_class", outcome -> outcome.sample().getAdversarialClass()),
        Column.number("iterations", outcome -> outcome.sample().getIterations()),
        Column.text(
            "largest_change",
            outcome ->
                Double.isNaN(outcome.largestChange())
                    ? ""
                    : String.format(Locale.ROOT, "%.3f", outcome.largestChange())));
  }
}
