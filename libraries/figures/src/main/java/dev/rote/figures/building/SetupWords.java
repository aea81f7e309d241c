package dev.rote.figures.building;

import dev.rote.spec.Grid;
import dev.rote.spec.SweepDefaults;
import dev.rote.v1.Axis;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.SetupLine;
import dev.rote.v1.SweepSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A sweep in plain words: data, corruption, model and recipe with every value that they take along
 * an axis, the axes, the repetitions and the measurements.
 */
final class SetupWords {
  private static final int LABELS_SHOWN = 12;

  private final SweepSpec spec;
  private final Grid grid;
  private final List<SetupLine> lines = new ArrayList<>();

  private SetupWords(SweepSpec spec) {
    this.spec = spec;
    this.grid = Grid.of(spec);
  }

  static List<SetupLine> of(SweepSpec spec) {
    SetupWords words = new SetupWords(spec);
    if (words.grid.size() == 0) {
      return List.of();
    }
    words.trial();
    words.axes();
    words.repetitions();
    words.measurements();
    return List.copyOf(words.lines);
  }

  private void line(String name, String text) {
    lines.add(SetupLine.newBuilder().setName(name).setText(text).build());
  }

  private void trial() {
    Map<String, VariedWords> words = new LinkedHashMap<>();
    TrialWords.of(grid.cell(0).trial())
        .forEach(
            (name, phrases) -> words.computeIfAbsent(name, any -> new VariedWords()).add(phrases));
    /* A level of zero hides what its neighbours do: the last cell shows what the first does not. */
    for (boolean last : new boolean[] {false, true}) {
      long stride = grid.size();
      for (String axis : grid.axisNames()) {
        int points = grid.labels(axis).size();
        stride /= points;
        vary(words, axis, last ? grid.size() - 1 - (points - 1) * stride : 0, stride);
      }
    }
    words.forEach((name, varied) -> line(name, varied.text()));
  }

  /** The cells along an axis from one on. */
  private void vary(Map<String, VariedWords> words, String axis, long from, long stride) {
    Map<String, List<List<Phrase>>> trials = new LinkedHashMap<>();
    for (int point = 0; point < grid.labels(axis).size(); point++) {
      TrialWords.of(grid.cell(from + point * stride).trial())
          .forEach(
              (name, phrases) ->
                  trials.computeIfAbsent(name, any -> new ArrayList<>()).add(phrases));
    }
    words.forEach((name, varied) -> varied.along(axis, trials.getOrDefault(name, List.of())));
  }

  private void axes() {
    for (Axis axis : spec.getAxesList()) {
      List<String> labels = grid.labels(axis.getName());
      String shown = labels.stream().limit(LABELS_SHOWN).collect(Collectors.joining(", "));
      String rest = labels.size() > LABELS_SHOWN ? ", … (" + labels.size() + " in all)" : "";
      String field = axis.getValuesCount() > 0 ? axis.getField() + ": " : "";
      line("Axis " + axis.getName(), field + shown + rest);
    }
  }

  private void repetitions() {
    SweepSpec filled = SweepDefaults.fill(spec);
    int repetitions = filled.getRepetitions();
    long cells = grid.size() / repetitions;
    boolean judged = filled.hasRepeat();
    String each =
        repetitions == 1
            ? "one of each cell"
            : (judged
                    ? Wording.grouped(filled.getRepeat().getAtLeast())
                        + " to "
                        + Wording.grouped(repetitions)
                        + " of each cell, until the claims are judged"
                    : Wording.grouped(repetitions) + " of each cell")
                + ", each with an initialisation and an order of examples of its own";
    String corruption =
        repetitions > 1 && spec.getRedrawCorruption() ? "; the corruption is drawn anew, too" : "";
    line(
        "Repetitions",
        each
            + corruption
            + "; "
            + Wording.grouped(cells)
            + (cells == 1 ? " cell, " : " cells, ")
            + (judged ? "at most " : "")
            + Wording.grouped(grid.size())
            + (grid.size() == 1 ? " trial" : " trials"));
  }

  private void measurements() {
    if (spec.getMeasurementsCount() > 0) {
      line(
          "Measured",
          spec.getMeasurementsList().stream()
              .map(SetupWords::measurement)
              .collect(Collectors.joining("; ")));
    }
  }

  private static String measurement(MeasurementSpec measurement) {
    String kind = measurement.getKindCase().name().replace('_', ' ').toLowerCase(Locale.ROOT);
    String when =
        measurement.getEpochsCount() > 0
            ? ", at epoch "
                + measurement.getEpochsList().stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(", "))
            : SweepDefaults.fill(measurement).getFinalOnly() ? ", at the end" : "";
    return measurement.getName() + " (" + kind + when + ")";
  }
}
