package dev.rote.figures.building;

import dev.rote.v1.Along;
import dev.rote.v1.Metric;
import dev.rote.v1.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What terms are called in axes, legends and verdicts. */
final class TermWords {

  private TermWords() {}

  /** Such as {@code largest validation accuracy of randY (kind = labels)}. */
  static String of(Term term, String label) {
    return along(term, moment(term, MetricNames.of(term.getMetric())))
        + (label.isEmpty() ? "" : " of " + label)
        + where(term);
  }

  /** The term of a panel's axis, such as {@code largest validation accuracy (data = real)}. */
  static String axis(Term term) {
    return moment(term, MetricNames.plain(term.getMetric())) + where(term);
  }

  /** Names of the terms of one panel, such as {@code largest validation accuracy}. */
  static List<String> names(List<Term> terms) {
    List<String> metrics = MetricNames.of(terms.stream().map(Term::getMetric).toList());
    List<String> names = new ArrayList<>();
    for (int i = 0; i < metrics.size(); i++) {
      names.add(moment(terms.get(i), metrics.get(i)));
    }
    return names;
  }

  private static String where(Term term) {
    String fixed =
        term.getWhereMap().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> entry.getKey() + " = " + entry.getValue())
            .collect(Collectors.joining(", "));
    return fixed.isEmpty() ? "" : " (" + fixed + ")";
  }

  private static String moment(Term term, String metric) {
    if (term.getMetric().getKind() == Metric.Kind.EPOCHS_TO_ACCURACY) {
      return metric;
    }
    return switch (term.getMoment()) {
      case LAST, UNSPECIFIED, UNRECOGNIZED -> "final " + metric;
      case FIRST -> "first " + metric;
      case MAX -> "largest " + metric;
      case MIN -> "smallest " + metric;
      case AT_BEST_VALIDATION -> metric + " at the best validation accuracy";
      case AT_EPOCH -> metric + " at epoch " + term.getEpoch();
      case EPOCH_OF_MAX -> "epoch of the largest " + metric;
    };
  }

  private static String along(Term term, String moment) {
    if (!term.hasAlong()) {
      return moment;
    }
    Along along = term.getAlong();
    String axis = along.getAxis();
    String words =
        switch (along.getTake()) {
          case LARGEST -> "largest along " + axis + " of the " + moment;
          case NUMBER_OF_LARGEST -> axis + " at which the " + moment + " is largest";
          case SLOPE_PER_DOUBLING -> "slope per doubling of " + axis + " of the " + moment;
          case EXPONENT -> "exponent in " + axis + " of the " + moment;
          case UNSPECIFIED, UNRECOGNIZED -> moment + " along " + axis;
        };
    return along.getLabelsCount() == 0
        ? words
        : words + " (" + String.join(", ", along.getLabelsList()) + ")";
  }
}
