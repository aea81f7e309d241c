package dev.rote.figures.drawing;

import dev.rote.spec.LabelNumber;
import dev.rote.v1.Figure;
import dev.rote.v1.LabelPlace;
import dev.rote.v1.Series;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The colour and marker of each label of a figure: the same in all figures of a sweep, by the
 * label's place among all that they draw of its axis ({@link LabelPlace}).
 *
 * <p>Names get the colours of Okabe and Ito ("Color Universal Design", 2008), told apart by all
 * common kinds of colour vision, and after those darker ones of the same hues; at least three
 * numbers (levels, sizes) get a ramp from dark to light whose lightness rises with the number, so
 * that their order survives in greyscale.
 */
final class Palette {
  static final String REFERENCE = "#000000";
  private static final List<String> NAMES =
      List.of(
          "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f7f7f", "#003d66",
          "#7a3600", "#00523b", "#7a3f60", "#806000", "#1f6f99", "#404040");
  private static final List<Marker> MARKERS = List.copyOf(EnumSet.allOf(Marker.class));
  private final Map<String, LabelPlace> unplaced;

  private Palette(Map<String, LabelPlace> unplaced) {
    this.unplaced = unplaced;
  }

  static Palette of(Figure figure) {
    Set<String> labels = new LinkedHashSet<>();
    figure.getPanelsList().stream()
        .flatMap(panel -> panel.getSeriesList().stream())
        .filter(series -> !series.getLabel().isEmpty() && !series.hasPlace())
        .forEach(series -> labels.add(series.getLabel()));
    return new Palette(placed(labels));
  }

  /** Places within one figure: reports from before had no others. */
  private static Map<String, LabelPlace> placed(Set<String> labels) {
    boolean numbers = areNumbers(labels);
    List<String> ranks =
        numbers
            ? labels.stream().sorted(Comparator.comparingDouble(Palette::value)).toList()
            : List.copyOf(labels);
    Map<String, LabelPlace> places = new LinkedHashMap<>();
    for (String label : labels) {
      places.put(
          label,
          LabelPlace.newBuilder()
              .setPosition(ranks.indexOf(label))
              .setCount(ranks.size())
              .setOrdered(numbers)
              .build());
    }
    return places;
  }

  private static boolean areNumbers(Set<String> labels) {
    return labels.size() >= 3
        && labels.stream().allMatch(label -> LabelNumber.of(label).isPresent())
        && labels.stream().map(LabelNumber::before).distinct().count() == 1;
  }

  private static double value(String label) {
    return LabelNumber.of(label).orElse(Double.NaN);
  }

  private LabelPlace place(Series series) {
    return series.hasPlace()
        ? series.getPlace()
        : unplaced.getOrDefault(series.getLabel(), LabelPlace.getDefaultInstance());
  }

  String colour(Series series) {
    if (series.getLabel().isEmpty()) {
      return REFERENCE;
    }
    LabelPlace place = place(series);
    if (!place.getOrdered() || place.getCount() < 2) {
      return NAMES.get(place.getPosition() % NAMES.size());
    }
    double share = Math.min(1, place.getPosition() / (place.getCount() - 1.0));
    return String.format(Locale.ROOT, "#%06x", ColourRamp.LINES.at(share));
  }

  Marker marker(Series series) {
    return series.getLabel().isEmpty()
        ? Marker.CIRCLE
        : MARKERS.get(place(series).getPosition() % MARKERS.size());
  }
}
