package dev.rote.cli.command;

import dev.rote.cli.ExitCodes;
import dev.rote.cli.Session;
import dev.rote.cli.output.Column;
import dev.rote.cli.output.OutputFormat;
import dev.rote.cli.output.OutputOptions;
import dev.rote.cli.service.Connections;
import dev.rote.cli.service.EndpointOptions;
import dev.rote.v1.DatasetInfo;
import dev.rote.v1.ListDatasetsRequest;
import dev.rote.v1.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rote datasets}. */
@Command(
    name = "datasets",
    header = "Lists the datasets.",
    description = "With their sizes, and what is missing for those that are not at hand.",
    subcommands = {DatasetsInspectCommand.class, DatasetsPutCommand.class})
public final class DatasetsCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final EndpointOptions endpoints;

  DatasetsCommand(Session session) {
    this.session = session;
    this.endpoints = new EndpointOptions(session);
  }

  @Override
  public Integer call() {
    List<DatasetInfo> datasets;
    try (Connections connections = endpoints.connect()) {
      datasets =
          connections
              .corruption()
              .listDatasets(ListDatasetsRequest.getDefaultInstance())
              .getDatasetsList();
    }
    List<Column<DatasetInfo>> columns = new ArrayList<>(columns());
    if (output.format() != OutputFormat.TABLE) {
      columns.add(Column.text("hint", DatasetInfo::getHint));
    }
    output.printer(session).list(columns, datasets);
    if (output.format() == OutputFormat.TABLE) {
      explain(datasets);
    }
    return ExitCodes.OK;
  }

  private static List<Column<DatasetInfo>> columns() {
    return List.of(
        Column.text("name", DatasetInfo::getName),
        Column.text("available", dataset -> dataset.getAvailable() ? "yes" : "no"),
        Column.number("classes", DatasetInfo::getClasses),
        Column.text("shape", dataset -> shape(dataset.getShape())),
        Column.number("train", DatasetInfo::getTrainExamples),
        Column.number("test", DatasetInfo::getTestExamples),
        Column.text("description", DatasetInfo::getDescription));
  }

  /* Hints name files: too long for a column. */
  private void explain(List<DatasetInfo> datasets) {
    List<DatasetInfo> hinted = datasets.stream().filter(d -> !d.getHint().isEmpty()).toList();
    if (!hinted.isEmpty()) {
      session.out().println();
      hinted.forEach(
          dataset -> session.out().println(dataset.getName() + ": " + dataset.getHint()));
      session.out().flush();
    }
  }

  /** Channels, rows and columns, such as {@code 1x28x28}; {@code -} when not known. */
  static String shape(Shape shape) {
    return shape.getChannels() == 0
        ? "-"
        : shape.getChannels() + "x" + shape.getHeight() + "x" + shape.getWidth();
  }
}
