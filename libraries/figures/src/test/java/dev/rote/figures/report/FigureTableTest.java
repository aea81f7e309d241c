package dev.rote.figures.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.rote.v1.Figure;
import dev.rote.v1.Series;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FigureTableTest {

  /** Reads RFC 4180 with quoted fields. */
  private static List<List<String>> parse(String csv) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < csv.length(); i++) {
      char c = csv.charAt(i);
      if (quoted) {
        if (c == '"' && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
          field.append('"');
          i++;
        } else if (c == '"') {
          quoted = false;
        } else {
          field.append(c);
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == ',' || c == '\r') {
        row.add(field.toString());
        field.setLength(0);
      } else if (c == '\n') {
        rows.add(List.copyOf(row));
        row.clear();
      } else {
        field.append(c);
      }
    }
    return rows;
  }

  @Test
  void shouldReadBackToTheSameNumbers() {
    double awkward = 0.1 + 0.2;
    Series series =
        Series.newBuilder()
            .setName("a, \"quoted\"\nlabel, accuracy")
            .setLabel("a, \"quoted\"\nlabel")
            .addX(1)
            .addY(awkward)
            .addLow(1e-17)
            .addHigh(-3)
            .addRepetitions(7)
            .build();
    Figure.Builder figure = Figure.newBuilder().setName("fig");
    figure.addPanelsBuilder().addMetrics("accuracy").addSeries(series);
    List<List<String>> rows = parse(FigureTable.csv(figure.build()));
    assertThat(rows)
        .containsExactly(
            List.of(
                "figure", "panel", "series", "metric", "x", "mean", "low", "high", "repetitions"),
            List.of(
                "fig",
                "1",
                "a, \"quoted\"\nlabel",
                "accuracy",
                "1",
                "0.30000000000000004",
                "1.0E-17",
                "-3",
                "7"));
    assertThat(Double.parseDouble(rows.get(1).get(5))).isEqualTo(awkward);
  }

  @Test
  void shouldNameAReferenceByItself() {
    Figure.Builder figure = Figure.newBuilder().setName("fig");
    figure
        .addPanelsBuilder()
        .setTitle("left")
        .setYLabel("error rate")
        .addSeries(
            Series.newBuilder()
                .setName("Binomial(2, 0.5)")
                .setStyle(1)
                .addX(1)
                .addY(0)
                .addLow(0)
                .addHigh(0)
                .addRepetitions(2));
    assertThat(parse(FigureTable.csv(figure.build())).get(1))
        .containsExactly("fig", "left", "Binomial(2, 0.5)", "error rate", "1", "0", "0", "0", "2");
  }

  @Test
  void shouldHaveFurtherColumnsForTheKindsOfPanels() {
    Figure.Builder figure = Figure.newBuilder().setName("fig");
    figure
        .addPanelsBuilder()
        .setTitle("points")
        .addMetrics("accuracy")
        .addSeries(
            Series.newBuilder()
                .setLabel("a")
                .addX(1)
                .addXLow(0.5)
                .addXHigh(2)
                .addY(3)
                .addLow(2)
                .addHigh(4)
                .addRepetitions(5)
                .addCensored(2));
    figure
        .addPanelsBuilder()
        .setTitle("matrix")
        .addMetrics("sensitivity")
        .getHeatMapBuilder()
        .addRows("r0")
        .addRows("r1")
        .addColumns("c0")
        .addColumns("c1")
        .addColumns("c2")
        .addValues(1)
        .addValues(2)
        .addValues(3)
        .addValues(4)
        .addValues(5)
        .addValues(0.5)
        .setRepetitions(7);
    figure
        .addPanelsBuilder()
        .setTitle("filters")
        .getImagesBuilder()
        .setHeight(1)
        .setWidth(2)
        .setChannels(3)
        .setPixels(ByteString.copyFrom(new byte[12]));
    List<List<String>> rows = parse(FigureTable.csv(figure.build()));
    assertThat(rows).hasSize(1 + 1 + 6 + 1);
    assertThat(rows.get(0).subList(9, 14))
        .containsExactly("x_low", "x_high", "censored", "row", "column");
    assertThat(rows.get(1).subList(2, 14))
        .containsExactly("a", "accuracy", "1", "3", "2", "4", "5", "0.5", "2", "2", "", "");
    assertThat(rows.get(7))
        .containsExactly(
            "fig", "matrix", "", "sensitivity", "", "0.5", "", "", "7", "", "", "", "r1", "c2");
    assertThat(rows.get(8).get(3))
        .isEqualTo("2 images of 1 x 2 x 3; their pixels are in report.pb");
  }
}
