package dev.rote.figures.study;

import dev.rote.v1.AgreementPanel;
import dev.rote.v1.ClaimSpec;
import dev.rote.v1.DataMapPanel;
import dev.rote.v1.DetectionPanel;
import dev.rote.v1.Difference;
import dev.rote.v1.DifficultyPanel;
import dev.rote.v1.Family;
import dev.rote.v1.FigureSpec;
import dev.rote.v1.MeasuredScore;
import dev.rote.v1.Metric;
import dev.rote.v1.PanelSpec;
import dev.rote.v1.Reversals;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.Term;
import dev.rote.v1.TradeoffGap;
import dev.rote.v1.TradeoffPanel;
import java.util.ArrayList;
import java.util.Collection;
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
  private final Map<Metric, List<Selection>> durations = new LinkedHashMap<>();
  private final Map<String, List<Selection>> counts = new LinkedHashMap<>();
  private final Map<String, List<Selection>> matrices = new LinkedHashMap<>();
  private final Map<String, List<Selection>> filters = new LinkedHashMap<>();
  private final Map<Metric, List<Selection>> shares = new LinkedHashMap<>();
  private final Map<AgreementPanel, List<Selection>> agreements = new LinkedHashMap<>();
  private final Map<DetectionPanel, List<Selection>> detections = new LinkedHashMap<>();
  private final Map<MeasuredScore, List<Selection>> means = new LinkedHashMap<>();
  private final SweepAxes axes;

  private Demands(SweepAxes axes) {
    this.axes = axes;
  }

  static Demands of(SweepSpec spec) {
    Demands demands = new Demands(new SweepAxes(spec));
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

  /** Metrics of kind {@code EPOCHS_TO_ACCURACY} that the cell's line needs. */
  List<Metric> durationsOf(Map<String, String> cell) {
    return matching(durations, cell);
  }

  /** Names of the {@code example_errors} measurements whose counts the cell's line needs. */
  List<String> countsOf(Map<String, String> cell) {
    return matching(counts, cell);
  }

  /** Names of the {@code loss_sensitivity} measurements whose class matrix the line needs. */
  List<String> matricesOf(Map<String, String> cell) {
    return matching(matrices, cell);
  }

  /** Names of the {@code filters} measurements that the cell's line needs. */
  List<String> filtersOf(Map<String, String> cell) {
    return matching(filters, cell);
  }

  /** Metrics of kind {@code SHARE_IN_EVERY_REPETITION} that the cell's line needs. */
  List<Metric> sharesOf(Map<String, String> cell) {
    return matching(shares, cell);
  }

  /** Panels that need correlations of scores of the cell's line. */
  List<AgreementPanel> agreementsOf(Map<String, String> cell) {
    return matching(agreements, cell);
  }

  /** Panels that need to know what scores of the cell's line find. */
  List<DetectionPanel> detectionsOf(Map<String, String> cell) {
    return matching(detections, cell);
  }

  /** Scores of which the cell's line needs the mean of each example. */
  List<MeasuredScore> meansOf(Map<String, String> cell) {
    return matching(means, cell);
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
    Selection lines =
        new Selection(axes.ofLines(panel), Set.copyOf(panel.getLabelsList()), panel.getWhereMap());
    switch (panel.getKindCase()) {
      case CURVES -> panel.getCurves().getMetricsList().forEach(metric -> add(metric, lines));
      case DIFFICULTY -> addDifficulty(panel.getDifficulty(), lines);
      case PROFILE -> panel.getProfile().getTermsList().forEach(term -> add(term, lines));
      case CLASS_MATRIX -> add(matrices, panel.getClassMatrix().getMeasurement(), lines);
      case FILTERS -> add(filters, panel.getFilters().getMeasurement(), lines);
      case TRADEOFF -> {
        TradeoffPanel tradeoff = panel.getTradeoff();
        Set<String> labels = new LinkedHashSet<>();
        tradeoff.getFamiliesList().stream().map(Family::getLabelsList).forEach(labels::addAll);
        addPoints(tradeoff.getX(), tradeoff.getY(), panel.getSeries(), labels);
      }
      case AGREEMENT -> add(agreements, panel.getAgreement(), lines);
      case DETECTION -> add(detections, panel.getDetection(), lines);
      case EXAMPLES -> add(means, panel.getExamples().getScore(), lines);
      case DATA_MAP -> {
        add(means, confidence(panel.getDataMap()), lines);
        add(means, variability(panel.getDataMap()), lines);
      }
      case DENSITY -> add(means, panel.getDensity().getScore(), lines);
      case SORTED_SCORES -> add(means, panel.getSortedScores().getScore(), lines);
      case KIND_NOT_SET -> {
        /* Refused when it is built; needs nothing. */
      }
    }
  }

  /** The score that is the height of a data map. */
  static MeasuredScore confidence(DataMapPanel panel) {
    return ofDynamics(panel, "confidence");
  }

  /** The score that is the position of a data map. */
  static MeasuredScore variability(DataMapPanel panel) {
    return ofDynamics(panel, "variability");
  }

  private static MeasuredScore ofDynamics(DataMapPanel panel, String score) {
    return MeasuredScore.newBuilder()
        .setMeasurement(panel.getMeasurement())
        .setScore(score)
        .build();
  }

  private void addDifficulty(DifficultyPanel difficulty, Selection lines) {
    Set<String> labels = new LinkedHashSet<>(lines.labels());
    if (!labels.isEmpty() && !difficulty.getBinomialOf().isEmpty()) {
      labels.add(difficulty.getBinomialOf());
    }
    add(counts, difficulty.getMeasurement(), new Selection(lines.axis(), labels, lines.where()));
  }

  private void addClaim(ClaimSpec claim) {
    switch (claim.getStatisticCase()) {
      case VALUE -> addTerm(claim.getValue(), List.of(claim.getValue().getLabel()));
      case DIFFERENCE -> {
        Difference difference = claim.getDifference();
        addTerm(difference.getMinuend(), List.of(difference.getMinuend().getLabel()));
        addTerm(difference.getSubtrahend(), List.of(difference.getSubtrahend().getLabel()));
      }
      case TREND -> addTerm(claim.getTrend().getTerm(), claim.getTrend().getLabelsList());
      case TRADEOFF -> {
        TradeoffGap gap = claim.getTradeoff();
        Set<String> labels = new LinkedHashSet<>(gap.getLabelsList());
        labels.addAll(gap.getAgainstList());
        labels.add(gap.getReference());
        addPoints(gap.getX(), gap.getY(), gap.getSeries(), labels);
      }
      case REVERSALS -> {
        Reversals reversals = claim.getReversals();
        addTerm(reversals.getFirst(), reversals.getLabelsList());
        addTerm(reversals.getSecond(), reversals.getLabelsList());
      }
      case STATISTIC_NOT_SET -> {
        /* Judged as undecided; needs nothing. */
      }
    }
  }

  private void addPoints(Term x, Term y, String series, Set<String> labels) {
    addTerm(x.toBuilder().setSeries(series).build(), labels);
    addTerm(y.toBuilder().setSeries(series).build(), labels);
  }

  private void addTerm(Term term, Collection<String> labels) {
    String axis = axes.ofLabel(term);
    Set<String> chosen = axis.isEmpty() ? Set.of() : Set.copyOf(labels);
    Selection lines = new Selection(axis, chosen, term.getWhereMap());
    if (term.getAlong().getLabelsCount() == 0) {
      add(term, lines);
    }
    for (String label : term.getAlong().getLabelsList()) {
      add(term, lines.at(term.getAlong().getAxis(), label));
    }
  }

  private void add(Term term, Selection selection) {
    add(term.getMetric(), selection);
    if (term.getMoment() == Term.Moment.AT_BEST_VALIDATION) {
      add(VALIDATION_ACCURACY, selection);
    }
  }

  private void add(Metric metric, Selection selection) {
    switch (metric.getKind()) {
      case DISPERSION, DISPERSION_WITHIN_CLASSES -> add(counts, metric.getMeasurement(), selection);
      case SHARE_IN_EVERY_REPETITION -> add(shares, metric, selection);
      case EPOCHS_TO_ACCURACY -> add(durations, metric, selection);
      case TRAIN_ACCURACY,
          VALIDATION_ACCURACY,
          CORRUPTED_ACCURACY,
          CLEAN_ACCURACY,
          TRAIN_LOSS,
          VALIDATION_LOSS,
          CRITICAL_SAMPLE_RATIO,
          MEASURED_ACCURACY,
          MEASURED,
          DETECTION_AUROC,
          DETECTION_AVERAGE_PRECISION,
          DETECTION_PRECISION,
          RANK_CORRELATION,
          SHARE_OF_EXAMPLES,
          UNSPECIFIED,
          UNRECOGNIZED ->
          add(series, metric, selection);
    }
  }

  private static <K> void add(Map<K, List<Selection>> demands, K key, Selection selection) {
    demands.computeIfAbsent(key, any -> new ArrayList<>()).add(selection);
  }
}
