package dev.rote.figures.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.rote.v1.Report;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

/**
 * The report of {@link SampleStudy}; it is left in {@code target/sample-report} to be looked at.
 */
class ReportWriterTest {
  private static final Path SAMPLE = Path.of("target", "sample-report");
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
  private static final Pattern LONG_NUMBER = Pattern.compile("-?\\d+\\.\\d{7,}(?:E-?\\d+)?");

  private static final Report REPORT = SampleStudy.report();
  private static final Map<String, byte[]> FILES = write(REPORT);

  private static Map<String, byte[]> write(Report report) {
    Map<String, byte[]> files = new TreeMap<>();
    ReportWriter.write(report, files::put);
    return files;
  }

  private static byte[] file(String path) {
    byte[] bytes = FILES.get(path);
    assertThat(bytes).as(path).isNotNull();
    return bytes == null ? new byte[0] : bytes;
  }

  private static String text(String path) {
    return new String(file(path), StandardCharsets.UTF_8);
  }

  @BeforeAll
  static void keepTheSample() throws IOException {
    for (Map.Entry<String, byte[]> file : FILES.entrySet()) {
      Path path = SAMPLE.resolve(file.getKey());
      Files.createDirectories(path.resolveSibling("."));
      Files.write(path, file.getValue());
    }
  }

  @Test
  void shouldWriteEveryFile() {
    assertThat(FILES.keySet())
        .containsExactly(
            "figures/curves.png",
            "figures/curves.svg",
            "figures/fig1.png",
            "figures/fig1.svg",
            "final-values.csv",
            "provenance.json",
            "report.html",
            "report.pb",
            "sweep.json",
            "tables/curves.csv",
            "tables/fig1.csv",
            "verdicts.json");
  }

  @Test
  void shouldWriteTheSameBytesAgain() throws IOException {
    Map<String, byte[]> again = write(Report.parseFrom(file("report.pb")));
    assertThat(again.keySet()).isEqualTo(FILES.keySet());
    again.forEach((path, bytes) -> assertThat(bytes).as(path).isEqualTo(file(path)));
  }

  /**
   * Golden files are the sample's own, looked at and then kept; numbers are compared to 6 decimals.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "figures/curves.svg",
        "figures/fig1.svg",
        "tables/curves.csv",
        "final-values.csv",
        "verdicts.json",
        "provenance.json"
      })
  void shouldEqualTheGoldenFile(String path) throws IOException {
    String golden = Files.readString(GOLDEN.resolve(path));
    assertThat(rounded(text(path))).isEqualTo(rounded(golden));
  }

  private static String rounded(String text) {
    return LONG_NUMBER
        .matcher(text)
        .replaceAll(
            number -> String.format(Locale.ROOT, "%.6f", Double.parseDouble(number.group())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"figures/curves.svg", "figures/fig1.svg"})
  void shouldWriteWellFormedSvg(String path) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    Document svg = factory.newDocumentBuilder().parse(new ByteArrayInputStream(file(path)));
    assertThat(svg.getDocumentElement().getNamespaceURI()).isEqualTo("http://www.w3.org/2000/svg");
    assertThat(svg.getElementsByTagName("polyline").getLength()).isGreaterThan(10);
    assertThat(svg.getElementsByTagName("text").getLength()).isGreaterThan(10);
  }

  @Test
  void shouldPaintThePictureOfTheSameSize() throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(file("figures/fig1.png")));
    String svg = text("figures/fig1.svg");
    int points = svg.indexOf("width=\"") + "width=\"".length();
    double width = Double.parseDouble(svg.substring(points, svg.indexOf("pt", points)));
    assertThat(image.getWidth()).isEqualTo((int) Math.ceil(3 * width));
    long inked = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        inked += (image.getRGB(x, y) & 0xffffff) == 0xffffff ? 0 : 1;
      }
    }
    assertThat(inked).isBetween(10_000L, (long) image.getWidth() * image.getHeight() / 4);
  }

  @Test
  void shouldStateVerdictsInTheAgreedShape() {
    JsonObject verdicts = JsonParser.parseString(text("verdicts.json")).getAsJsonObject();
    assertThat(verdicts.get("sweep").getAsString()).isEqualTo("synthetic");
    JsonObject curves = verdicts.getAsJsonArray("figures").get(0).getAsJsonObject();
    assertThat(curves.get("figure").getAsString()).isEqualTo("curves");
    JsonArray claims = curves.getAsJsonArray("claims");
    JsonObject judged = claims.get(0).getAsJsonObject();
    assertThat(judged.keySet())
        .containsExactly(
            "claim", "statistic", "statistic_name", "comparison", "threshold", "verdict", "holds");
    assertThat(judged.get("holds").getAsBoolean()).isTrue();
    assertThat(judged.get("verdict").getAsString()).isEqualTo("holds");
    JsonObject undecided = claims.get(2).getAsJsonObject();
    assertThat(undecided.get("statistic").isJsonNull()).isTrue();
    assertThat(undecided.get("verdict").getAsString()).isEqualTo("undecided");
    assertThat(undecided.get("holds").getAsBoolean()).isFalse();
    assertThat(undecided.get("undecided").getAsString()).contains("no result");
  }

  @Test
  void shouldLoadNothingFromThePage() {
    String page = text("report.html");
    assertThat(page).doesNotContain("<script", "<link", "src=", "@import", "url(http");
    assertThat(page)
        .contains("<svg ", "@media print", "What the paper says", "undecided")
        .contains("3 of 4 claims hold")
        .contains("./rote run sweep.json");
  }

  @Test
  void shouldRecordSeedsAndTheSweep() {
    JsonObject provenance = JsonParser.parseString(text("provenance.json")).getAsJsonObject();
    assertThat(provenance.getAsJsonObject("seeds"))
        .isEqualTo(
            JsonParser.parseString(
                "{trial: [7], dataset: [1], corruption: [1, 5], repetitions: 12,"
                    + " redraw_corruption: false}"));
    assertThat(provenance.get("submitted").getAsString()).isEqualTo("2023-11-14T22:13:20Z");
    assertThat(provenance.get("trials").getAsInt()).isEqualTo(36);
    assertThat(provenance.get("sweep"))
        .isEqualTo(JsonParser.parseString(ReportJson.filledSweep(REPORT)));
    assertThat(JsonParser.parseString(text("sweep.json")))
        .isEqualTo(JsonParser.parseString(REPORT.getProvenance().getSweepJson()));
  }

  @Test
  void shouldWriteOutEveryDefault() {
    String filled = ReportJson.filledSweep(REPORT);
    assertThat(filled)
        .contains("\"momentum\"", "\"threads\"", "\"initialization\"", "\"seed\"", "\"batchSize\"");
    assertThat(text("report.html")).contains("&quot;momentum&quot;: 0");
    assertThat(text("provenance.json")).contains("\"momentum\"");
  }
}
