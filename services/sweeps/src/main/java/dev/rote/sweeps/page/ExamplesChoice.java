package dev.rote.sweeps.page;

import dev.rote.spec.Grid;
import dev.rote.spec.ScoreNames;
import dev.rote.v1.ExamplesPanel;
import dev.rote.v1.FigureSpec;
import dev.rote.v1.MeasuredScore;
import dev.rote.v1.PanelSpec;
import dev.rote.v1.Sweep;
import dev.rote.v1.TrialSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which pictures of examples are looked at: those at one end of a score, at one point of the grid.
 *
 * @param score its measurement and name
 * @param at label of each axis
 * @param choosesPoint whether the point can be chosen; else it is that of a trial
 * @param from how many at that end are passed over
 */
record ExamplesChoice(
    MeasuredScore score,
    ExamplesPanel.End end,
    Map<String, String> at,
    boolean choosesPoint,
    int from) {
  /** Name of the figure, and of the part of a page that shows it. */
  static final String NAME = "examples";

  /** Pictures at a time. */
  static final int PICTURES = 32;

  /**
   * What a reader asked for, and for what it does not say the first there is; empty when the sweep
   * scores no examples.
   */
  static Optional<ExamplesChoice> of(Sweep sweep, Map<String, String> asked) {
    List<String> scores = scores(sweep);
    if (scores.isEmpty()) {
      return Optional.empty();
    }
    String wanted = asked.getOrDefault("score", "");
    String[] score = (scores.contains(wanted) ? wanted : scores.get(0)).split("/", 2);
    Map<String, String> at = new LinkedHashMap<>();
    Grid grid = Grid.of(sweep.getSpec());
    for (String axis : grid.axisNames()) {
      at.put(axis, AxisLabels.chosen(grid, axis, asked));
    }
    ExamplesPanel.End end =
        asked.getOrDefault("end", "").equals("other")
            ? ExamplesPanel.End.UNSUSPECT
            : ExamplesPanel.End.SUSPECT;
    return Optional.of(
        new ExamplesChoice(
            MeasuredScore.newBuilder().setMeasurement(score[0]).setScore(score[1]).build(),
            end,
            at,
            true,
            number(asked.getOrDefault("from", "0"))));
  }

  private static int number(String from) {
    try {
      int number = Integer.parseInt(from);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      /* As of one that is too small. */
    }
    throw new PageException(400, "Pictures begin at a whole number from 0, such as 32.");
  }

  /** The same of one trial. */
  ExamplesChoice ofTrial(TrialSummary trial) {
    Map<String, String> there = new LinkedHashMap<>();
    at.keySet().forEach(axis -> there.put(axis, trial.getLabelsOrDefault(axis, "")));
    return new ExamplesChoice(score, end, there, false, from);
  }

  /** The same from another place on. */
  ExamplesChoice at(int place) {
    return new ExamplesChoice(score, end, at, choosesPoint, place);
  }

  /** Each as {@code measurement/score}. */
  private static List<String> scores(Sweep sweep) {
    List<String> scores = new ArrayList<>();
    ScoreNames.of(sweep.getSpec())
        .forEach(
            (measurement, names) -> names.forEach(name -> scores.add(measurement + "/" + name)));
    return scores;
  }

  /** The form of the choice, on the page at an address. */
  ChosenPicture form(Sweep sweep, String base) {
    return new ChosenPicture(
        base, NAME, fields(sweep), "revealed, sse:end", "Pictures are looked for …", false);
  }

  /** The lists to choose from. */
  List<ChosenPicture.Field> fields(Sweep sweep) {
    List<ChosenPicture.Field> fields = new ArrayList<>();
    String chosen = score.getMeasurement() + "/" + score.getScore();
    fields.add(ChosenPicture.Field.of("score", "Score", scores(sweep), chosen));
    boolean other = end == ExamplesPanel.End.UNSUSPECT;
    fields.add(
        new ChosenPicture.Field(
            "end",
            "Which",
            List.of(
                new ChosenPicture.Option("hard", "hardest, most suspect", !other),
                new ChosenPicture.Option("other", "easiest", other))));
    if (choosesPoint) {
      Grid grid = Grid.of(sweep.getSpec());
      at.forEach((axis, label) -> fields.add(AxisLabels.field(grid, axis, label)));
    }
    return fields;
  }

  /** What the pictures are, in words. */
  String words() {
    return (end == ExamplesPanel.End.SUSPECT ? "Hardest" : "Easiest")
        + " examples by "
        + score.getScore()
        + " of "
        + score.getMeasurement()
        + (at.isEmpty() ? "" : String.format(Locale.ROOT, " (%s)", String.join(", ", at.values())))
        + (from == 0 ? "" : String.format(Locale.ROOT, ", from number %,d on", from + 1));
  }

  FigureSpec figure() {
    PanelSpec.Builder panel =
        PanelSpec.newBuilder()
            .setExamples(
                ExamplesPanel.newBuilder()
                    .setScore(score)
                    .setEnd(end)
                    .setCount(PICTURES)
                    .setSkip(from));
    boolean first = true;
    for (Map.Entry<String, String> axis : at.entrySet()) {
      if (first) {
        panel.setSeries(axis.getKey()).addLabels(axis.getValue());
      } else {
        panel.putWhere(axis.getKey(), axis.getValue());
      }
      first = false;
    }
    return FigureSpec.newBuilder().setName(NAME).setTitle(words()).addPanels(panel).build();
  }
}
