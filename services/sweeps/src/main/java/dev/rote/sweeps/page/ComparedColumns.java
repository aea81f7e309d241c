package dev.rote.sweeps.page;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.rote.figures.ShortDuration;
import dev.rote.figures.ShortNumber;
import dev.rote.figures.report.Outcome;
import dev.rote.figures.study.HistorySeries;
import dev.rote.spec.Grid;
import dev.rote.spec.SweepDefaults;
import dev.rote.v1.DescribeTrialResponse;
import dev.rote.v1.EpochRecord;
import dev.rote.v1.Figure;
import dev.rote.v1.FinalRow;
import dev.rote.v1.FinalValues;
import dev.rote.v1.Report;
import dev.rote.v1.Sweep;
import dev.rote.v1.TrialResult;
import dev.rote.v1.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is said of a sweep, or of a trial, beside others. */
final class ComparedColumns {
  private static final int MOST_ENDS = 12;

  private ComparedColumns() {}

  /**
   * A sweep.
   *
   * @param report its own, as far as it is known
   */
  static SideBySide.Column of(Sweep sweep, Report report) {
    SweepLine line = SweepLine.of(sweep);
    Map<String, String> standing = new LinkedHashMap<>();
    standing.put("State", line.phase());
    standing.put("Trials", line.trials());
    standing.put("Training time", ShortDuration.of(report.getProvenance().getTrainingSeconds()));
    addEnds(standing, report.getFinalValues());
    Map<String, String> claims = new LinkedHashMap<>();
    for (Figure figure : report.getFiguresList()) {
      for (Verdict verdict : figure.getVerdictsList()) {
        claims.put(verdict.getClaim(), words(verdict));
      }
    }
    Map<String, String> asked = new TreeMap<>();
    Grid grid = Grid.of(sweep.getSpec());
    for (String axis : grid.axisNames()) {
      asked.put("axis " + axis, String.join(", ", grid.labels(axis)));
    }
    asked.put("repetitions", Integer.toString(sweep.getSpec().getRepetitions()));
    add(asked, "", SweepDefaults.fill(sweep.getSpec().getTrial()));
    return new SideBySide.Column(line.name(), standing, claims, asked);
  }

  private static void addEnds(Map<String, String> standing, FinalValues ends) {
    for (FinalRow row : ends.getRowsList().subList(0, Math.min(MOST_ENDS, ends.getRowsCount()))) {
      String at = String.join(", ", row.getLabelsList());
      for (int i = 0; i < row.getMeansCount(); i++) {
        standing.put(
            ends.getQuantities(i) + (at.isEmpty() ? "" : " of " + at),
            ShortNumber.of(row.getMeans(i)));
      }
    }
  }

  private static String words(Verdict verdict) {
    return verdict.getUndecided().isEmpty()
        ? Outcome.of(verdict).words() + ": " + ShortNumber.of(verdict.getStatistic())
        : Outcome.of(verdict).words();
  }

  /** A trial. */
  static SideBySide.Column of(Sweep sweep, DescribeTrialResponse trial) {
    TrialResult result = TrialView.soFar(trial);
    List<EpochRecord> history = HistorySeries.reached(result);
    Map<String, String> standing = new LinkedHashMap<>();
    standing.put("State", TrialStates.word(trial.getTrial().getState()));
    standing.put("Epochs", Integer.toString(trial.getTrial().getEpochsDone()));
    if (!history.isEmpty()) {
      EpochRecord last = history.get(history.size() - 1);
      standing.put("Training accuracy", ShortNumber.of(last.getTrain().getAccuracy()));
      standing.put("Training loss", ShortNumber.of(last.getTrain().getLoss()));
      standing.put("Validation accuracy", ShortNumber.of(last.getValidation().getAccuracy()));
      standing.put("Validation loss", ShortNumber.of(last.getValidation().getLoss()));
    }
    if (trial.hasResult()) {
      standing.put("Ended", TrialsView.outcome(result.getOutcome()));
      standing.put("Training time", ShortDuration.of(result.getTrainingSeconds()));
    }
    Map<String, String> asked = new TreeMap<>();
    add(asked, "", trial.getSpec());
    String name = sweep.getMetadata().getName() + "/" + trial.getTrial().getIndex();
    return new SideBySide.Column(name, standing, Map.of(), asked);
  }

  /* A line for each field that has a value, under its path. */
  private static void add(Map<String, String> fields, String path, Message message) {
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              String name = path + field.getJsonName();
              if (!field.isRepeated() && value instanceof Message inner) {
                if (inner.getAllFields().isEmpty()) {
                  fields.put(name, "with its defaults");
                }
                add(fields, name + ".", inner);
              } else {
                fields.put(name, words(field, value));
              }
            });
  }

  private static String words(FieldDescriptor field, Object value) {
    if (!field.isRepeated()) {
      return value instanceof ByteString bytes ? bytes.size() + " bytes" : value.toString();
    }
    return ((List<?>) value)
        .stream().map(each -> each.toString().strip()).collect(Collectors.joining(", "));
  }
}
