package dev.rote.figures.building;

import dev.rote.figures.statistics.Interval;
import dev.rote.figures.study.Selection;
import dev.rote.figures.study.StudyData;
import dev.rote.v1.Panel;
import dev.rote.v1.PanelSpec;
import dev.rote.v1.ProfilePanel;
import dev.rote.v1.Series;
import dev.rote.v1.Term;
import java.util.Comparator;
import java.util.List;

/**
 * Panels of terms against the numbers of an axis, such as the best validation accuracy against the
 * width (Fig 5 of Arpit et al. 2017).
 *
 * <p>Each point is the mean over repetitions with its 95 % interval. A censored value enters at its
 * bound: mean and interval are lower bounds where {@code Series.censored} is above zero. A
 * repetition that diverged before the value has none; where all did, so has the point.
 */
final class ProfilePanels {

  private ProfilePanels() {}

  static Panel build(PanelSpec spec, StudyData data) {
    ProfilePanel profile = spec.getProfile();
    List<Term> terms = profile.getTermsList();
    List<String> names = TermWords.names(terms);
    String axis = data.axes().ofLines(spec);
    Panel.Builder panel =
        Panel.newBuilder()
            .setTitle(spec.getTitle())
            .setXLabel(quantity(profile, data))
            .setYLabel(
                terms.size() == 1
                    ? TermWords.axis(terms.get(0))
                    : MetricNames.axis(terms.stream().map(Term::getMetric).toList()))
            .setLogX(profile.getLogX())
            .setLogY(profile.getLogY())
            .addAllMetrics(names);
    for (String label : Panels.labels(spec, data, axis)) {
      Selection line = Selection.line(axis, label, spec.getWhereMap());
      for (int style = 0; style < terms.size(); style++) {
        Series.Builder series =
            Series.newBuilder()
                .setName(Panels.name(label, names, style))
                .setLabel(label)
                .setPlace(Panels.place(axis))
                .setStyle(style);
        fill(series, terms.get(style), profile, line, data);
        if (series.getXCount() > 0) {
          panel.addSeries(Panels.withoutIdleCounts(series));
        }
      }
    }
    return panel.build();
  }

  private static void fill(
      Series.Builder series, Term term, ProfilePanel profile, Selection line, StudyData data) {
    TermValues values = new TermValues(data);
    String axis = profile.getAxis();
    List<String> positions =
        labels(profile, data).stream()
            .sorted(
                Comparator.comparingDouble(label -> data.axes().number(axis, label).orElseThrow()))
            .toList();
    for (String position : positions) {
      Samples samples = values.samples(term, line.at(axis, position), position);
      int diverged = samples.gaps().diverged().size();
      if (samples.size() + diverged > 0) {
        Interval point =
            samples.size() > 0
                ? MetricRange.of(term).mean(samples.array())
                : Interval.point(Double.NaN, 0);
        Panels.add(series, data.axes().number(axis, position).orElseThrow(), point);
        series.addCensored(samples.censored()).addDiverged(diverged);
      }
    }
  }

  /** Labels that are positions: all of the axis that hold a number, or those that are written. */
  private static List<String> labels(ProfilePanel profile, StudyData data) {
    String axis = profile.getAxis();
    List<String> labels =
        profile.getLabelsCount() > 0 ? profile.getLabelsList() : data.labels(axis);
    return labels.stream().filter(label -> data.axes().number(axis, label).isPresent()).toList();
  }

  /** What all labels have before their numbers, such as {@code width}; else the axis's name. */
  private static String quantity(ProfilePanel profile, StudyData data) {
    List<String> labels = labels(profile, data);
    List<String> words =
        labels.stream()
            .map(label -> data.axes().beforeNumber(profile.getAxis(), label))
            .distinct()
            .toList();
    String common = words.size() == 1 ? words.get(0).strip() : "";
    boolean percent = !labels.isEmpty() && labels.stream().allMatch(label -> label.endsWith("%"));
    return (common.isEmpty() ? profile.getAxis() : common) + (percent ? " (%)" : "");
  }
}
