package dev.rote.figures.building;

import dev.rote.figures.study.StudyData;
import dev.rote.figures.study.SweepAxes;
import dev.rote.v1.Figure;
import dev.rote.v1.LabelPlace;
import dev.rote.v1.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives every label its place among all labels of its axis that the figures of a sweep draw, so
 * that it has one colour and one marker in all of them. Numbers are ranked by size, where at least
 * three are drawn and have the same words before them; names stand in the order of the axis.
 */
final class LabelPlaces {
  private static final int LEAST_NUMBERS = 3;

  private final StudyData data;
  private final Map<String, List<String>> ranks = new LinkedHashMap<>();
  private final Set<String> ordered = new LinkedHashSet<>();
  private final Map<String, Integer> firstPositions = new LinkedHashMap<>();

  private int names;

  private LabelPlaces(List<Figure.Builder> figures, StudyData data) {
    this.data = data;
    Map<String, Set<String>> drawn = new LinkedHashMap<>();
    figures.forEach(
        figure ->
            series(figure)
                .forEach(
                    one ->
                        drawn
                            .computeIfAbsent(one.getPlace().getAxis(), any -> new LinkedHashSet<>())
                            .add(one.getLabel())));
    drawn.forEach(this::rank);
  }

  static void assign(List<Figure.Builder> figures, StudyData data) {
    LabelPlaces places = new LabelPlaces(figures, data);
    figures.forEach(figure -> series(figure).forEach(places::assign));
  }

  private static List<Series.Builder> series(Figure.Builder figure) {
    return figure.getPanelsBuilderList().stream()
        .flatMap(panel -> panel.getSeriesBuilderList().stream())
        .filter(series -> series.hasPlace() && !series.getLabel().isEmpty())
        .toList();
  }

  private void rank(String axis, Set<String> drawn) {
    List<String> labels = new ArrayList<>(drawn);
    SweepAxes axes = data.axes();
    boolean numbers =
        drawn.size() >= LEAST_NUMBERS
            && drawn.stream().allMatch(label -> axes.number(axis, label).isPresent())
            && drawn.stream().map(label -> axes.beforeNumber(axis, label)).distinct().count() == 1;
    if (numbers) {
      labels.sort(Comparator.comparingDouble(label -> axes.number(axis, label).orElse(Double.NaN)));
      ordered.add(axis);
    } else {
      firstPositions.put(axis, names);
      names += labels.size();
      List<String> all = data.labels(axis);
      labels.sort(Comparator.comparingInt(all::indexOf));
    }
    ranks.put(axis, labels);
  }

  private void assign(Series.Builder series) {
    String axis = series.getPlace().getAxis();
    List<String> labels = ranks.getOrDefault(axis, List.of());
    series.setPlace(
        LabelPlace.newBuilder()
            .setAxis(axis)
            .setPosition(firstPositions.getOrDefault(axis, 0) + labels.indexOf(series.getLabel()))
            .setCount(labels.size())
            .setOrdered(ordered.contains(axis)));
  }
}
