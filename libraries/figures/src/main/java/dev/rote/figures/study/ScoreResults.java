package dev.rote.figures.study;

import dev.rote.figures.statistics.MidRanks;
import dev.rote.figures.statistics.RankCorrelation;
import dev.rote.figures.study.ScoreMetrics.Suspicion;
import dev.rote.figures.study.ScoredExamples.Column;
import dev.rote.v1.AgreementPanel;
import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.DetectionPanel;
import dev.rote.v1.MeasuredScore;
import dev.rote.v1.Measurement;
import dev.rote.v1.Metric;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** What is kept of the scores of examples of the cells that share their labels. */
final class ScoreResults {
  final Map<Metric, NavigableMap<Integer, SharedShare>> shares = new HashMap<>();
  final Map<AgreementPanel, NavigableMap<Integer, double[]>> agreements = new HashMap<>();
  final Map<DetectionPanel, NavigableMap<Integer, List<Optional<DetectionResult>>>> detections =
      new HashMap<>();
  final Map<MeasuredScore, ScoreMeans> means = new HashMap<>();

  /** Adds what is needed of one repetition that did not diverge. */
  void add(CellResults cell, Demands demands) {
    Map<String, String> labels = cell.labels();
    demands.sharesOf(labels).forEach(metric -> addShare(metric, cell));
    for (AgreementPanel panel : demands.agreementsOf(labels)) {
      List<Optional<ScoredExamples>> scored = scored(panel.getScoresList(), cell);
      if (scored.stream().anyMatch(Optional::isPresent)) {
        agreements
            .computeIfAbsent(panel, any -> new TreeMap<>())
            .put(cell.repetition(), correlations(panel.getScoresList(), scored));
      }
    }
    for (DetectionPanel panel : demands.detectionsOf(labels)) {
      List<Optional<DetectionResult>> found = detections(panel, cell);
      if (found.stream().anyMatch(Optional::isPresent)) {
        detections.computeIfAbsent(panel, any -> new TreeMap<>()).put(cell.repetition(), found);
      }
    }
    demands.meansOf(labels).forEach(score -> addMeans(score, cell));
  }

  private void addShare(Metric metric, CellResults cell) {
    Optional<Measurement> measurement = cell.measurement(metric.getMeasurement());
    if (measurement.isEmpty()) {
      return;
    }
    for (CheckpointMeasurement checkpoint : measurement.get().getCheckpointsList()) {
      ScoredExamples.of(checkpoint)
          .ifPresent(
              scored ->
                  shares
                      .computeIfAbsent(metric, any -> new TreeMap<>())
                      .computeIfAbsent(checkpoint.getEpoch(), any -> new SharedShare())
                      .add(scored, metric));
    }
  }

  private static List<Optional<ScoredExamples>> scored(
      List<MeasuredScore> scores, CellResults cell) {
    return scores.stream().map(score -> scored(score, cell)).toList();
  }

  private static Optional<ScoredExamples> scored(MeasuredScore score, CellResults cell) {
    return cell.measurement(score.getMeasurement())
        .flatMap(
            measurement ->
                ScoredExamples.of(
                    measurement.getCheckpointsList(), score.hasEpoch() ? score.getEpoch() : null));
  }

  /** float64[K, K] of Spearman's correlations, suspect ends up; NaN where one has none. */
  private static double[] correlations(
      List<MeasuredScore> scores, List<Optional<ScoredExamples>> scored) {
    int k = scores.size();
    double[] matrix = new double[k * k];
    List<Optional<double[]>> ranks = new ArrayList<>();
    for (int i = 0; i < k; i++) {
      String name = scores.get(i).getScore();
      ranks.add(scored.get(i).flatMap(examples -> ranks(examples, name)));
    }
    for (int i = 0; i < k; i++) {
      for (int j = 0; j <= i; j++) {
        double correlation = Double.NaN;
        if (scored.get(i).isPresent() && scored.get(j).isPresent()) {
          ScoredExamples one = scored.get(i).get();
          ScoredExamples other = scored.get(j).get();
          boolean ranked =
              ranks.get(i).isPresent() && ranks.get(j).isPresent() && one.areSame(other);
          correlation =
              ranked
                  ? RankCorrelation.ofRanks(ranks.get(i).get(), ranks.get(j).get())
                  : ScoreMetrics.correlation(
                      one, scores.get(i).getScore(), other, scores.get(j).getScore());
        }
        boolean opposed =
            isLow(scored.get(i), scores.get(i)) != isLow(scored.get(j), scores.get(j));
        matrix[i * k + j] = opposed ? -correlation : correlation;
        matrix[j * k + i] = matrix[i * k + j];
      }
    }
    return matrix;
  }

  private static boolean isLow(Optional<ScoredExamples> scored, MeasuredScore score) {
    return scored
        .flatMap(examples -> examples.score(score.getScore()))
        .map(Column::isLowSuspect)
        .orElse(false);
  }

  /** Ranks of a score that all examples have. */
  private static Optional<double[]> ranks(ScoredExamples examples, String name) {
    Optional<Column> column = examples.score(name);
    if (column.isEmpty()) {
      return Optional.empty();
    }
    float[] values = new float[examples.examples()];
    for (int i = 0; i < values.length; i++) {
      values[i] = column.get().ordered(i);
      if (Float.isNaN(values[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(MidRanks.of(values));
  }

  private static List<Optional<DetectionResult>> detections(
      DetectionPanel panel, CellResults cell) {
    return panel.getScoresList().stream()
        .map(
            score ->
                scored(score, cell)
                    .flatMap(scored -> Suspicion.of(scored, score.getScore(), panel.getTarget()))
                    .map(suspicion -> DetectionResult.of(suspicion, panel.getCurve())))
        .toList();
  }

  private void addMeans(MeasuredScore score, CellResults cell) {
    Optional<ScoredExamples> scored = scored(score, cell);
    if (scored.isEmpty() || cell.trial().isEmpty()) {
      return;
    }
    ScoreMeans known = means.get(score);
    if (known == null) {
      ScoreMeans.of(scored.get(), score.getScore(), cell.trial().get().getVariantId())
          .ifPresent(first -> means.put(score, first));
    } else {
      known.add(scored.get(), score.getScore());
    }
  }
}
