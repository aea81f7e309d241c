package dev.rote.spec;

import dev.rote.v1.AgreementPanel;
import dev.rote.v1.DataMapPanel;
import dev.rote.v1.DensityPanel;
import dev.rote.v1.ExamplesPanel;
import dev.rote.v1.MeasuredScore;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.Metric;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What must hold of figures and claims that look at scores of single examples. */
final class ScoreChecks {
  private static final int MOST_SCORES = 24;
  private static final int MOST_PICTURES = 64;
  private static final String CONFIDENCE = "confidence";
  private static final String VARIABILITY = "variability";

  private final FigureReferences references;

  ScoreChecks(FigureReferences references) {
    this.references = references;
  }

  /** Whether a metric is made of the scores of single examples. */
  static boolean isOfScores(Metric metric) {
    return isDetection(metric) || isShare(metric) || isCorrelation(metric);
  }

  private static boolean isDetection(Metric metric) {
    return switch (metric.getKind()) {
      case DETECTION_AUROC, DETECTION_AVERAGE_PRECISION, DETECTION_PRECISION -> true;
      default -> false;
    };
  }

  private static boolean isShare(Metric metric) {
    return metric.getKind() == Metric.Kind.SHARE_OF_EXAMPLES
        || metric.getKind() == Metric.Kind.SHARE_IN_EVERY_REPETITION;
  }

  private static boolean isCorrelation(Metric metric) {
    return metric.getKind() == Metric.Kind.RANK_CORRELATION;
  }

  /** Checks the fields that metrics of scores alone have, and what they refer to. */
  void metric(Checks checks, Metric metric) {
    checks.require(
        !metric.hasScore() || isOfScores(metric),
        "score",
        "is for DETECTION_*, RANK_CORRELATION and SHARE_* alone");
    checks.require(
        !metric.hasTarget() || isDetection(metric), "target", "is for DETECTION_* alone");
    checks.require(
        !metric.hasWith() || isCorrelation(metric), "with", "is for RANK_CORRELATION alone");
    checks.require(
        isShare(metric) || !(metric.hasAbove() || metric.hasBelow()),
        metric.hasAbove() ? "above" : "below",
        "is for SHARE_* alone");
    if (!isOfScores(metric)) {
      return;
    }
    named(checks, metric.getMeasurement(), metric.getScore());
    if (isCorrelation(metric)) {
      checks.require(metric.hasWith(), "with", "must be the other score; it is not written");
      if (metric.hasWith()) {
        score(checks.in("with"), metric.getWith());
      }
    }
    if (isShare(metric)) {
      bounds(checks, metric);
    }
  }

  private static void bounds(Checks checks, Metric metric) {
    checks.require(
        metric.hasAbove() || metric.hasBelow(),
        "",
        "must have above, below or both; none is written");
    for (String field : List.of("above", "below")) {
      double bound = field.equals("above") ? metric.getAbove() : metric.getBelow();
      checks.require(Double.isFinite(bound), field, "must be finite, was " + bound);
    }
    checks.require(
        !(metric.hasAbove() && metric.hasBelow()) || metric.getAbove() < metric.getBelow(),
        "below",
        "must be larger than above, "
            + TreeReader.number(metric.getAbove())
            + ", was "
            + TreeReader.number(metric.getBelow()));
  }

  private void named(Checks checks, String measurement, String score) {
    named(checks, measurement, score, MeasurementKind::scores);
  }

  private void named(
      Checks checks,
      String measurement,
      String score,
      BiFunction<MeasurementKind, MeasurementSpec, List<String>> scores) {
    @Nullable MeasurementSpec found = references.measurement(checks, "measurement", measurement);
    if (found == null || found.getKindCase() == MeasurementSpec.KindCase.KIND_NOT_SET) {
      return;
    }
    List<String> names = scores.apply(MeasurementKinds.of(found.getKindCase()), found);
    checks.require(
        !names.isEmpty(),
        "measurement",
        "must be one that scores examples, "
            + measurement
            + " is of the kind "
            + MeasurementKinds.name(found.getKindCase()));
    checks.require(
        names.isEmpty() || names.contains(score),
        "score",
        "must be a score of the measurement "
            + measurement
            + ", was \""
            + score
            + "\""
            + NearestName.hint(score, names));
  }

  void score(Checks checks, MeasuredScore score) {
    named(checks, score.getMeasurement(), score.getScore());
    epoch(checks, score);
  }

  private void epoch(Checks checks, MeasuredScore score) {
    if (score.hasEpoch()) {
      references.measuredAt(checks, score.getMeasurement(), score.getEpoch());
    }
  }

  void agreement(Checks checks, AgreementPanel panel) {
    scores(checks, panel.getScoresList(), 2);
  }

  void scores(Checks checks, List<MeasuredScore> scores, int least) {
    checks.require(
        scores.size() >= least && scores.size() <= MOST_SCORES,
        "scores",
        "must be " + least + " to " + MOST_SCORES + ", were " + scores.size());
    Set<MeasuredScore> known = new HashSet<>();
    for (int i = 0; i < scores.size(); i++) {
      Checks at = checks.in("scores[" + i + "]");
      score(at, scores.get(i));
      at.require(known.add(scores.get(i)), "", "must be another than those before");
    }
  }

  void examples(Checks checks, ExamplesPanel panel) {
    Checks at = checks.in("score");
    MeasuredScore score = panel.getScore();
    named(at, score.getMeasurement(), score.getScore(), MeasurementKind::pictured);
    epoch(at, score);
    if (panel.hasCount()) {
      checks.inRange("count", panel.getCount(), 1, MOST_PICTURES);
    }
    if (panel.hasSkip()) {
      checks.inRange("skip", panel.getSkip(), 0, Integer.MAX_VALUE);
    }
    if (panel.hasColumns()) {
      checks.inRange("columns", panel.getColumns(), 1, MOST_PICTURES);
    }
    checks.require(
        !panel.hasColumns() || !panel.getPerClass(),
        "columns",
        "is `count` with perClass: leave it out");
  }

  void dataMap(Checks checks, DataMapPanel panel) {
    for (String score : List.of(CONFIDENCE, VARIABILITY)) {
      @Nullable MeasurementSpec found =
          references.measurement(checks, "measurement", panel.getMeasurement());
      if (found == null || found.getKindCase() == MeasurementSpec.KindCase.KIND_NOT_SET) {
        return;
      }
      checks.require(
          MeasurementKinds.of(found.getKindCase()).scores(found).contains(score),
          "measurement",
          "must score "
              + CONFIDENCE
              + " and "
              + VARIABILITY
              + " of examples, "
              + panel.getMeasurement()
              + " does not score "
              + score);
    }
  }

  void density(Checks checks, DensityPanel panel) {
    score(checks.in("score"), panel.getScore());
    if (panel.hasBins()) {
      checks.inRange("bins", panel.getBins(), 2, 200);
    }
  }
}
