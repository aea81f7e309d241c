package dev.rote.figures.drawing;

import dev.rote.spec.LabelNumber;
import dev.rote.v1.Figure;
import dev.rote.v1.Panel;
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
 * The colour and marker of each label of a figure, the same in all its panels.
 *
 * <p>Names get the colours of Okabe and Ito ("Color Universal Design", 2008), told apart by all
 * common kinds of colour vision; at least three numbers (levels, sizes) get a ramp from dark to
 * light whose lightness rises with the number, so that their order survives in greyscale.
 */
final class Palette {
  static final String REFERENCE = "#000000";
  private static final List<String> NAMES =
      List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f7f7f");
  private static final List<Marker> MARKERS = List.copyOf(EnumSet.allOf(Marker.class));
  private final Map<String, String> colours = new LinkedHashMap<>();
  private final Map<String, Marker> markers = new LinkedHashMap<>();

  private Palette() {}

  static Palette of(Figure figure) {
    Set<String> labels = new LinkedHashSet<>();
    for (Panel panel : figure.getPanelsList()) {
      for (Series series : panel.getSeriesList()) {
        if (!series.getLabel().isEmpty()) {
          labels.add(series.getLabel());
        }
      }
    }
    Palette palette = new Palette();
    boolean numbers = areNumbers(labels);
    List<String> ranks =
        numbers
            ? labels.stream().sorted(Comparator.comparingDouble(Palette::value)).toList()
            : List.copyOf(labels);
    for (String label : labels) {
      int rank = ranks.indexOf(label);
      palette.colours.put(
          label,
          numbers
              ? String.format(
                  Locale.ROOT, "#%06x", ColourRamp.LINES.at(rank / (double) (ranks.size() - 1)))
              : NAMES.get(rank % NAMES.size()));
      palette.markers.put(label, MARKERS.get(rank % MARKERS.size()));
    }
    return palette;
  }

  private static boolean areNumbers(Set<String> labels) {
    return labels.size() >= 3
        && labels.stream().allMatch(label -> LabelNumber.of(label).isPresent())
        && labels.stream().map(LabelNumber::before).distinct().count() == 1;
  }

  /** Labels in order of appearance. */
  List<String> labels() {
    return List.copyOf(colours.keySet());
  }

  String colour(String label) {
    return colours.getOrDefault(label, REFERENCE);
  }

  Marker marker(String label) {
    return markers.getOrDefault(label, Marker.CIRCLE);
  }

  private static double value(String label) {
    return LabelNumber.of(label).orElse(Double.NaN);
  }
}
