package dev.rote.cli.command;

import dev.rote.cli.ExitCodes;
import dev.rote.cli.Session;
import dev.rote.cli.output.Column;
import dev.rote.cli.output.OutputOptions;
import dev.rote.cli.service.Connections;
import dev.rote.cli.service.EndpointOptions;
import dev.rote.figures.AxisColumns;
import dev.rote.v1.ListTrialsRequest;
import dev.rote.v1.ListTrialsResponse;
import dev.rote.v1.TrialSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rote trials}. */
@Command(
    name = "trials",
    header = "Lists the trials of a sweep.",
    description = {
      "In the order of the grid, with their labels on each axis, state, how their training ended and"
          + " epochs. A trial that diverged is done, and has no final values.",
      "An axis that is named as a column, such as 'state', stands as 'axis_state'."
    })
public final class TrialsCommand implements Callable<Integer> {
  private static final int PAGE = 1000;
  private static final Set<String> COLUMNS =
      Set.of("index", "repetition", "state", "outcome", "epochs", "trial");

  /** The states that a trial can be in. */
  enum State {
    PENDING,
    CORRUPTING,
    TRAINING,
    MEASURING,
    DONE,
    FAILED,
    CANCELLED;

    boolean is(TrialSummary trial) {
      return trial.getState().name().equals(name());
    }
  }

  private final Session session;

  @Mixin private final SweepArgument sweep = new SweepArgument();

  @Option(
      names = "--in-state",
      paramLabel = "STATE",
      description = "Only trials in this state: ${COMPLETION-CANDIDATES}.")
  private @Nullable State only;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "0",
      description = "At most so many; 0 (the default): all.")
  private int limit;

  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final EndpointOptions endpoints;

  TrialsCommand(Session session) {
    this.session = session;
    this.endpoints = new EndpointOptions(session);
  }

  @Override
  public Integer call() {
    List<TrialSummary> trials = new ArrayList<>();
    try (Connections connections = endpoints.connect()) {
      ListTrialsRequest.Builder request =
          ListTrialsRequest.newBuilder().setSweep(sweep.name()).setPageSize(PAGE);
      ListTrialsResponse page;
      do {
        page = connections.sweeps().listTrials(request.build());
        page.getTrialsList().stream()
            .filter(trial -> only == null || only.is(trial))
            .forEach(trials::add);
        request.setPageToken(page.getNextPageToken());
      } while (!page.getNextPageToken().isEmpty() && (limit < 1 || trials.size() < limit));
    }
    List<TrialSummary> shown =
        limit < 1 || trials.size() <= limit ? trials : trials.subList(0, limit);
    output.printer(session).list(columns(shown), shown);
    return ExitCodes.OK;
  }

  /* A column for each axis, named as the axis unless another column is named so. */
  private static List<Column<TrialSummary>> columns(List<TrialSummary> trials) {
    List<Column<TrialSummary>> columns = new ArrayList<>();
    columns.add(Column.number("index", TrialSummary::getIndex));
    List<String> axes =
        trials.stream()
            .flatMap(trial -> new TreeMap<>(trial.getLabelsMap()).keySet().stream())
            .distinct()
            .collect(Collectors.toList());
    for (String axis : axes) {
      String name = AxisColumns.name(axis, axes, COLUMNS);
      columns.add(Column.text(name, trial -> trial.getLabelsOrDefault(axis, "")));
    }
    columns.add(Column.number("repetition", TrialSummary::getRepetition));
    columns.add(Column.text("state", trial -> trial.getState().name().toLowerCase(Locale.ROOT)));
    columns.add(Column.text("outcome", trial -> outcome(trial)));
    columns.add(Column.number("epochs", TrialSummary::getEpochsDone));
    columns.add(Column.text("trial", TrialSummary::getTrialId));
    return columns;
  }

  /** {@code -} while it has not. */
  private static String outcome(TrialSummary trial) {
    return switch (trial.getOutcome()) {
      case CAP_REACHED -> "cap reached";
      case CONVERGED -> "converged";
      case DIVERGED -> "diverged";
      case UNSPECIFIED, UNRECOGNIZED -> "-";
    };
  }
}
