package dev.rote.figures.study;

import dev.rote.v1.ClaimSpec;
import dev.rote.v1.DifficultyPanel;
import dev.rote.v1.FigureSpec;
import dev.rote.v1.Metric;
import dev.rote.v1.PanelSpec;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.Term;
import dev.rote.v1.Trend;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the figures and claims of a sweep need of each cell, so that nothing else is kept. */
final class Demands {
  static final Metric VALIDATION_ACCURACY =
      Metric.newBuilder().setKind(Metric.Kind.VALIDATION_ACCURACY).build();

  private final Map<Metric, List<Selection>> series = new LinkedHashMap<>();
  private final Map<String, List<Selection>> counts = new LinkedHashMap<>();
  private final String firstAxis;

  private Demands(String firstAxis) {
    this.firstAxis = firstAxis;
  }

  static Demands of(SweepSpec spec) {
    Demands demands = new Demands(StudyData.firstAxis(spec));
    for (FigureSpec figure : spec.getFiguresList()) {
      figure.getPanelsList().forEach(demands::addPanel);
      figure.getClaimsList().forEach(demands::addClaim);
    }
    return demands;
  }

  /** Metrics with a series per trial that the cell's line needs. */
  List<Metric> seriesOf(Map<String, String> cell) {
    return matching(series, cell);
  }

  /** Names of the {@code example_errors} measurements whose counts the cell's line needs. */
  List<String> countsOf(Map<String, String> cell) {
    return matching(counts, cell);
  }

  private static <K> List<K> matching(Map<K, List<Selection>> demands, Map<String, String> cell) {
    List<K> wanted = new ArrayList<>();
    demands.forEach(
        (key, selections) -> {
          if (selections.stream().anyMatch(selection -> selection.matches(cell))) {
            wanted.add(key);
          }
        });
    return wanted;
  }

  private void addPanel(PanelSpec panel) {
    Set<String> labels = new LinkedHashSet<>(panel.getLabelsList());
    if (panel.hasDifficulty() && !labels.isEmpty()) {
      DifficultyPanel difficulty = panel.getDifficulty();
      if (!difficulty.getBinomialOf().isEmpty()) {
        labels.add(difficulty.getBinomialOf());
      }
    }
    String axis = panel.getSeries().isEmpty() ? firstAxis : panel.getSeries();
    Selection selection = new Selection(axis, labels, panel.getWhereMap());
    panel.getCurves().getMetricsList().forEach(metric -> add(metric, selection));
    if (panel.hasDifficulty()) {
      add(counts, panel.getDifficulty().getMeasurement(), selection);
    }
  }

  private void addClaim(ClaimSpec claim) {
    switch (claim.getStatisticCase()) {
      case VALUE -> addTerm(claim.getValue(), Set.of(claim.getValue().getLabel()));
      case DIFFERENCE -> {
        Term minuend = claim.getDifference().getMinuend();
        Term subtrahend = claim.getDifference().getSubtrahend();
        addTerm(minuend, Set.of(minuend.getLabel()));
        addTerm(subtrahend, Set.of(subtrahend.getLabel()));
      }
      case TREND -> {
        Trend trend = claim.getTrend();
        addTerm(trend.getTerm(), new HashSet<>(trend.getLabelsList()));
      }
      case STATISTIC_NOT_SET -> {
        /* Judged as undecided; needs nothing. */
      }
    }
  }

  private void addTerm(Term term, Set<String> labels) {
    String axis = term.getSeries().isEmpty() ? firstAxis : term.getSeries();
    Selection selection =
        new Selection(axis, axis.isEmpty() ? Set.of() : labels, term.getWhereMap());
    add(term.getMetric(), selection);
    if (term.getMoment() == Term.Moment.AT_BEST_VALIDATION) {
      add(VALIDATION_ACCURACY, selection);
    }
  }

  private void add(Metric metric, Selection selection) {
    if (metric.getKind() == Metric.Kind.DISPERSION) {
      add(counts, metric.getMeasurement(), selection);
    } else {
      add(series, metric, selection);
    }
  }

  private static <K> void add(Map<K, List<Selection>> demands, K key, Selection selection) {
    demands.computeIfAbsent(key, any -> new ArrayList<>()).add(selection);
  }
}
