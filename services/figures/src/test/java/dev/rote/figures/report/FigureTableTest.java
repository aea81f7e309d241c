package dev.rote.figures.report;

import static org.assertj.core.api.Assertions.assertThat;

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
}
