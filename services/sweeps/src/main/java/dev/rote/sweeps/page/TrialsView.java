package dev.rote.sweeps.page;

import dev.rote.spec.Grid;
import dev.rote.v1.ListTrialsResponse;
import dev.rote.v1.Sweep;
import dev.rote.v1.TrialResult.Outcome;
import dev.rote.v1.TrialSummary;
import dev.rote.v1.TrialSummary.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Some of the trials of a sweep.
 *
 * @param axes their names, columns of the table
 * @param filters what can be chosen
 * @param next address of the next page; empty on the last
 */
public record TrialsView(
    String sweepId,
    String sweepName,
    List<String> axes,
    List<ChosenPicture.Field> filters,
    List<Line> trials,
    String next) {
  private static final String ANY = "";

  /** One trial; labels by axis. */
  public record Line(
      long index,
      List<String> labels,
      int repetition,
      String style,
      String sign,
      String state,
      int epochs,
      String outcome) {}

  static TrialsView of(
      Sweep sweep, ListTrialsResponse page, String state, Map<String, String> labels) {
    Grid grid = Grid.of(sweep.getSpec());
    List<ChosenPicture.Field> filters = new ArrayList<>();
    List<ChosenPicture.Option> states = new ArrayList<>();
    states.add(new ChosenPicture.Option(ANY, "any", state.isEmpty()));
    for (State each : TrialStates.all()) {
      String word = TrialStates.word(each);
      states.add(new ChosenPicture.Option(word, word, word.equals(state)));
    }
    filters.add(new ChosenPicture.Field("state", "State", states));
    for (String axis : grid.axisNames()) {
      List<ChosenPicture.Option> options = new ArrayList<>();
      options.add(new ChosenPicture.Option(ANY, "any", !labels.containsKey(axis)));
      for (String label : grid.labels(axis)) {
        options.add(
            new ChosenPicture.Option(label, label, label.equals(labels.getOrDefault(axis, ANY))));
      }
      filters.add(new ChosenPicture.Field("at." + axis, axis, options));
    }
    String id = sweep.getStatus().getSweepId();
    return new TrialsView(
        id,
        sweep.getMetadata().getName(),
        grid.axisNames(),
        filters,
        page.getTrialsList().stream().map(trial -> line(grid, trial)).toList(),
        next(id, page.getNextPageToken(), state, labels));
  }

  private static String next(String id, String token, String state, Map<String, String> labels) {
    if (token.isEmpty()) {
      return "";
    }
    Address next = Address.ofSweep(id, "/trials").with("from", token).with("state", state);
    labels.forEach((axis, label) -> next.with("at." + axis, label));
    return next.toString();
  }

  private static Line line(Grid grid, TrialSummary trial) {
    return new Line(
        trial.getIndex(),
        grid.axisNames().stream().map(axis -> trial.getLabelsOrDefault(axis, "")).toList(),
        trial.getRepetition(),
        TrialStates.style(trial.getState()),
        TrialStates.sign(trial.getState()),
        TrialStates.word(trial.getState()),
        trial.getEpochsDone(),
        outcome(trial.getOutcome()));
  }

  /** Such as {@code converged}; empty before there is one. */
  static String outcome(Outcome outcome) {
    return switch (outcome) {
      case UNSPECIFIED, UNRECOGNIZED -> "";
      case CAP_REACHED -> "all epochs trained";
      case CONVERGED, DIVERGED -> outcome.name().toLowerCase(Locale.ROOT);
    };
  }
}
