package dev.rote.figures.building;

import dev.rote.v1.DetectionPanel;
import dev.rote.v1.MeasuredScore;
import dev.rote.v1.Metric;
import java.util.List;

/** What scores of examples, and metrics that are made of them, are called. */
final class ScoreWords {

  private ScoreWords() {}

  /** Names of several scores: measurement and epoch are named only to tell two apart. */
  static List<String> of(List<MeasuredScore> scores) {
    return scores.stream()
        .map(
            score -> {
              List<MeasuredScore> alike =
                  scores.stream()
                      .filter(other -> other.getScore().equals(score.getScore()))
                      .toList();
              boolean elsewhere =
                  alike.stream()
                      .anyMatch(other -> !other.getMeasurement().equals(score.getMeasurement()));
              boolean otherwise =
                  alike.stream().anyMatch(other -> other.getEpoch() != score.getEpoch());
              return MetricNames.words(score.getScore())
                  + (elsewhere ? " (" + score.getMeasurement() + ")" : "")
                  + (otherwise ? epoch(score) : "");
            })
        .toList();
  }

  private static String epoch(MeasuredScore score) {
    return score.hasEpoch() ? " at epoch " + score.getEpoch() : " at the end";
  }

  /** Such as {@code forgetting}, or {@code el2n at epoch 5}. */
  static String of(MeasuredScore score) {
    return MetricNames.words(score.getScore()) + (score.hasEpoch() ? epoch(score) : "");
  }

  /** What is looked for. */
  static String target(DetectionPanel.Target target) {
    return switch (target) {
      case CHANGED_LABELS, UNSPECIFIED, UNRECOGNIZED -> "changed labels";
      case REPLACED_INPUTS -> "replaced inputs";
      case EITHER -> "changed labels and replaced inputs";
    };
  }

  /** Name of a metric of scores, without its measurement. */
  static String plain(Metric metric) {
    String score = MetricNames.words(metric.getScore());
    return switch (metric.getKind()) {
      case DETECTION_AUROC -> "AUROC of " + score + " for " + target(metric.getTarget());
      case DETECTION_AVERAGE_PRECISION ->
          "average precision of " + score + " for " + target(metric.getTarget());
      case DETECTION_PRECISION ->
          "precision of " + score + " at the true share of " + target(metric.getTarget());
      case RANK_CORRELATION -> "rank correlation of " + score + " and " + other(metric);
      case SHARE_OF_EXAMPLES -> "share of examples with " + score + bounds(metric);
      case SHARE_IN_EVERY_REPETITION ->
          "share of examples with " + score + bounds(metric) + " in every repetition";
      default -> throw new IllegalArgumentException("no metric of scores: " + metric.getKind());
    };
  }

  private static String other(Metric metric) {
    MeasuredScore with = metric.getWith();
    return of(with)
        + (with.getMeasurement().equals(metric.getMeasurement())
            ? ""
            : " of " + with.getMeasurement());
  }

  private static String bounds(Metric metric) {
    String above = metric.hasAbove() ? " above " + Wording.number(metric.getAbove()) : "";
    String below = metric.hasBelow() ? " below " + Wording.number(metric.getBelow()) : "";
    return above + (above.isEmpty() || below.isEmpty() ? "" : " and") + below;
  }

  /** What a metric of scores is a number of, for an axis. */
  static String quantity(Metric metric) {
    return switch (metric.getKind()) {
      case DETECTION_AUROC -> "AUROC";
      case DETECTION_AVERAGE_PRECISION -> "average precision";
      case DETECTION_PRECISION -> "precision";
      case RANK_CORRELATION -> "rank correlation";
      case SHARE_OF_EXAMPLES, SHARE_IN_EVERY_REPETITION -> "share of examples";
      default -> throw new IllegalArgumentException("no metric of scores: " + metric.getKind());
    };
  }
}
