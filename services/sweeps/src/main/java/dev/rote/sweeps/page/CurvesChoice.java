package dev.rote.sweeps.page;

import dev.rote.spec.Grid;
import dev.rote.v1.CurvesPanel;
import dev.rote.v1.FigureSpec;
import dev.rote.v1.Metric;
import dev.rote.v1.PanelSpec;
import dev.rote.v1.Sweep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which curves of a sweep are looked at: a quantity over epochs, a line for each label of one axis,
 * at one label of each other axis.
 *
 * @param series the axis of the lines; empty when the sweep has no axes
 * @param where label of each other axis
 */
record CurvesChoice(Quantity quantity, String series, Map<String, String> where) {
  /** Name of the figure, and of the part of the page that shows it. */
  static final String NAME = "curves";

  /** A part of the data that a quantity is of. */
  enum Part {
    TRAIN_ACCURACY("training", Metric.Kind.TRAIN_ACCURACY),
    VALIDATION_ACCURACY("validation", Metric.Kind.VALIDATION_ACCURACY),
    TRAIN_LOSS("training", Metric.Kind.TRAIN_LOSS),
    VALIDATION_LOSS("validation", Metric.Kind.VALIDATION_LOSS),
    CORRUPTED_ACCURACY("corrupted examples", Metric.Kind.CORRUPTED_ACCURACY),
    CLEAN_ACCURACY("clean examples", Metric.Kind.CLEAN_ACCURACY);

    private final String words;
    private final Metric.Kind kind;

    Part(String words, Metric.Kind kind) {
      this.words = words;
      this.kind = kind;
    }

    String words() {
      return words;
    }

    Metric.Kind kind() {
      return kind;
    }
  }

  /** A quantity that every trial has at every epoch. */
  enum Quantity {
    ACCURACY("accuracy", Part.TRAIN_ACCURACY, Part.VALIDATION_ACCURACY),
    LOSS("loss", Part.TRAIN_LOSS, Part.VALIDATION_LOSS),
    PARTS("accuracy by part", Part.CORRUPTED_ACCURACY, Part.CLEAN_ACCURACY);

    private final String words;
    private final Part first;
    private final Part second;

    Quantity(String words, Part first, Part second) {
      this.words = words;
      this.first = first;
      this.second = second;
    }

    String words() {
      return words;
    }

    String title() {
      return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** A panel each. */
    List<Part> parts() {
      return List.of(first, second);
    }

    /** The one of this name in any case; else the first. */
    static Quantity named(String name) {
      return Arrays.stream(values())
          .filter(each -> each.name().equalsIgnoreCase(name))
          .findFirst()
          .orElse(ACCURACY);
    }

    /** The list to choose from. */
    static ChosenPicture.Field field(Quantity chosen) {
      return new ChosenPicture.Field(
          "quantity",
          "Quantity",
          Arrays.stream(values())
              .map(
                  each ->
                      new ChosenPicture.Option(
                          each.name().toLowerCase(Locale.ROOT), each.words, each == chosen))
              .toList());
    }
  }

  /**
   * What a reader asked for, and for what it does not say the first there is.
   *
   * @param asked by the name of each field
   */
  static CurvesChoice of(Sweep sweep, Map<String, String> asked) {
    Grid grid = Grid.of(sweep.getSpec());
    List<String> axes = grid.axisNames();
    String wanted = asked.getOrDefault("series", "");
    String series = axes.contains(wanted) ? wanted : axes.stream().findFirst().orElse("");
    Map<String, String> where = new LinkedHashMap<>();
    for (String axis : axes) {
      if (!axis.equals(series)) {
        where.put(axis, AxisLabels.chosen(grid, axis, asked));
      }
    }
    return new CurvesChoice(Quantity.named(asked.getOrDefault("quantity", "")), series, where);
  }

  /** The figure of these curves: a panel for each part of the data. */
  FigureSpec figure() {
    FigureSpec.Builder figure =
        FigureSpec.newBuilder()
            .setName(NAME)
            .setTitle(
                quantity.title()
                    + " over epochs"
                    + (where.isEmpty() ? "" : ", " + String.join(", ", where.values())));
    for (Part part : quantity.parts()) {
      CurvesPanel.Builder curves =
          CurvesPanel.newBuilder().addMetrics(Metric.newBuilder().setKind(part.kind));
      figure.addPanels(
          PanelSpec.newBuilder().setCurves(curves).setSeries(series).putAllWhere(where));
    }
    return figure.build();
  }

  /** The form of the choice on the page of the sweep. */
  ChosenPicture form(Sweep sweep) {
    return new ChosenPicture(
        Address.of(sweep).toString(),
        NAME,
        fields(sweep),
        "load, sse:results, sse:end",
        "Curves are drawn …",
        true);
  }

  /** The lists to choose from. */
  List<ChosenPicture.Field> fields(Sweep sweep) {
    Grid grid = Grid.of(sweep.getSpec());
    List<ChosenPicture.Field> fields = new ArrayList<>();
    fields.add(Quantity.field(quantity));
    if (grid.axisNames().size() > 1) {
      fields.add(ChosenPicture.Field.of("series", "Lines", grid.axisNames(), series));
    }
    where.forEach((axis, label) -> fields.add(AxisLabels.field(grid, axis, label)));
    return fields;
  }

  /** What the picture shows, in words. */
  String words() {
    return figure().getTitle() + (series.isEmpty() ? "" : ", by " + series);
  }
}
