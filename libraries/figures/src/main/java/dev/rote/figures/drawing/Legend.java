package dev.rote.figures.drawing;

import dev.rote.v1.Figure;
import dev.rote.v1.Panel;
import dev.rote.v1.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The legend under a figure: the labels of every axis whose lines it draws, after the axis's name.
 * A label of which nothing is drawn is left out.
 */
final class Legend {
  private static final double HEADING_GAP = 10;
  private static final String HEADING = "#555555";

  private final Typeface typeface;
  private final List<Group> groups = new ArrayList<>();

  /** The labels of one axis; without a heading where they are of none. */
  private record Group(String heading, List<List<LegendEntry>> rows) {
    double headingWidth(Typeface typeface) {
      return heading.isEmpty() ? 0 : typeface.width(heading, LegendEntry.TEXT_SIZE) + HEADING_GAP;
    }
  }

  Legend(Figure figure, Palette palette, double available, Typeface typeface) {
    this.typeface = typeface;
    entries(figure, palette)
        .forEach(
            (axis, entries) -> {
              String heading = axis.isEmpty() ? "" : axis + ":";
              double taken = new Group(heading, List.of()).headingWidth(typeface);
              groups.add(
                  new Group(
                      heading,
                      LegendEntry.rows(
                          List.copyOf(entries.values()), available - taken, typeface)));
            });
  }

  private static Map<String, Map<String, LegendEntry>> entries(Figure figure, Palette palette) {
    Map<String, Map<String, LegendEntry>> entries = new LinkedHashMap<>();
    for (Panel panel : figure.getPanelsList()) {
      for (Series series : panel.getSeriesList()) {
        DrawnPoints drawn = DrawnPoints.of(panel, series);
        if (!series.getLabel().isEmpty() && !drawn.isEmpty()) {
          entries
              .computeIfAbsent(series.getPlace().getAxis(), any -> new LinkedHashMap<>())
              .merge(
                  series.getLabel(),
                  LegendEntry.label(
                      series.getLabel(),
                      Stroke.solid(palette.colour(series), LinePanel.LINE_WIDTH),
                      palette.marker(series),
                      drawn.isLine() && !series.getScattered()),
                  (known, other) -> known.sample() == LegendEntry.Sample.LINE ? known : other);
        }
      }
    }
    return entries;
  }

  boolean isEmpty() {
    return groups.isEmpty();
  }

  double height() {
    return groups.stream().mapToInt(group -> group.rows().size()).sum() * LegendEntry.ROW_HEIGHT;
  }

  /** Draws it centred on {@code middle}. */
  void draw(Canvas canvas, double middle, double top) {
    double y = top;
    for (Group group : groups) {
      double heading = group.headingWidth(typeface);
      double left = middle - (heading + LegendEntry.width(group.rows(), typeface)) / 2;
      if (heading > 0) {
        canvas.text(
            group.heading(),
            left,
            y + LegendEntry.ROW_HEIGHT / 2 + LegendEntry.TEXT_SIZE * 0.36,
            Lettering.of(LegendEntry.TEXT_SIZE, HEADING, Lettering.Anchor.START));
      }
      LegendEntry.draw(canvas, group.rows(), left + heading, y, typeface);
      y += group.rows().size() * LegendEntry.ROW_HEIGHT;
    }
  }
}
