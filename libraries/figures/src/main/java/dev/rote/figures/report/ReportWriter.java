package dev.rote.figures.report;

import dev.rote.figures.drawing.FigureImages;
import dev.rote.v1.Figure;
import dev.rote.v1.Report;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes a report as files: {@code report.html}, {@code figures/*.svg}, {@code figures/*.png},
 * {@code tables/*.csv}, {@code final-values.csv}, {@code verdicts.json}, {@code provenance.json},
 * {@code sweep.json} (what makes it again) and {@code report.pb} (the {@link Report} itself).
 *
 * <p>Equal reports give equal bytes. All of it comes from the report alone, so a stored {@code
 * report.pb} can be written out again anywhere.
 */
public final class ReportWriter {

  private ReportWriter() {}

  /**
   * Writes all files, {@code report.html} last.
   *
   * @throws dev.rote.figures.FigureException when this Java cannot draw
   */
  public static void write(Report report, ReportSink sink) {
    FigureImages images = new FigureImages();
    Map<String, String> drawings = new LinkedHashMap<>();
    for (Figure figure : report.getFiguresList()) {
      String svg = images.svg(figure);
      drawings.put(figure.getName(), svg);
      text(sink, "figures/" + figure.getName() + ".svg", svg);
      sink.write("figures/" + figure.getName() + ".png", images.png(figure));
      text(sink, "tables/" + figure.getName() + ".csv", FigureTable.csv(figure));
    }
    text(sink, "final-values.csv", new FinalValuesSection(report.getFinalValues()).csv());
    text(sink, "verdicts.json", ReportJson.verdicts(report));
    text(sink, "provenance.json", ReportJson.provenance(report));
    text(sink, "sweep.json", ReportJson.sweep(report));
    sink.write("report.pb", report.toByteArray());
    text(sink, "report.html", ReportPage.html(report, drawings));
  }

  private static void text(ReportSink sink, String path, String text) {
    sink.write(path, text.getBytes(StandardCharsets.UTF_8));
  }
}
