package dev.rote.figures.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.v1.Figure;
import dev.rote.v1.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The gallery of {@link SampleStudy} in two sizes; it is left in {@code target/sample-gallery} to
 * be looked at.
 */
class GalleryPageTest {
  private static final Path SAMPLE = Path.of("target", "sample-gallery");
  private static final String HOSTILE = "<script>alert(\"x\")</script> & 'y'";

  private static final Report FULL = SampleStudy.report().toBuilder().setSweepName("fig7").build();
  private static final Report SMALL = named("fig7-small", 1);
  private static final String PAGE =
      GalleryPage.html(
          List.of(
              new GalleryEntry(FULL, "fig7", "full", "./rote paper run fig7", ""),
              new GalleryEntry(
                  SMALL, "fig7-small", "small", "./rote paper run fig7 --small", "A note.")));

  private static Report named(String name, int figures) {
    Report.Builder report = SampleStudy.report().toBuilder().setSweepName(name);
    List<Figure> kept = report.getFiguresList().subList(0, figures);
    report.getProvenanceBuilder().setTrainingSeconds(80);
    return report.clearFigures().addAllFigures(List.copyOf(kept)).build();
  }

  @BeforeAll
  static void keepTheSample() throws IOException {
    Files.createDirectories(SAMPLE);
    Files.writeString(SAMPLE.resolve("report.html"), PAGE);
    for (Report report : List.of(FULL, SMALL)) {
      Path folder = SAMPLE.resolve(report.getSweepName());
      ReportWriter.write(
          report,
          (path, bytes) -> {
            try {
              Files.createDirectories(folder.resolve(path).resolveSibling("."));
              Files.write(folder.resolve(path), bytes);
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          });
    }
  }

  private static List<String> all(String pattern, String in) {
    List<String> found = new ArrayList<>();
    Matcher matcher = Pattern.compile(pattern).matcher(in);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  @Test
  void shouldLoadNothingFromThePage() {
    assertThat(PAGE).doesNotContain("<script", "<link", "src=", "@import", "url(http");
    assertThat(all("href=\"([a-z]+:)", PAGE)).isEmpty();
  }

  @Test
  void shouldHaveEveryIdOnceAndEveryTargetWithin() {
    List<String> ids = all("\\bid=\"([^\"]*)\"", PAGE);
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(ids)
        .contains("fig7", "fig7-small", "fig7.curves", "fig7-small.curves")
        .anyMatch(id -> id.startsWith("fig7-small.curves-clip"));
    assertThat(ids).containsAll(all("href=\"#([^\"]*)\"", PAGE));
    assertThat(ids).containsAll(all("url\\(#([^)]*)\\)", PAGE));
  }

  @Test
  void shouldLinkToFilesOfTheReports() {
    List<String> links = all("href=\"(\\./[^\"]*)\"", PAGE);
    assertThat(links)
        .contains(
            "./fig7-small/report.html",
            "./fig7-small/sweep.json",
            "./fig7-small/tables/curves.csv",
            "./fig7/figures/fig1.svg");
    assertThat(links).allSatisfy(link -> assertThat(SAMPLE.resolve(link)).isNotEmptyFile());
  }

  @Test
  void shouldSumUpEveryFigureAndAllOfThem() {
    assertThat(PAGE)
        .contains("3 figures of 2 sweeps")
        .contains(
            Outcome.summary(List.of(FULL.getFigures(0), FULL.getFigures(1), SMALL.getFigures(0))))
        .contains("<td rowspan=\"2\"><a href=\"#fig7\">fig7</a></td><td rowspan=\"2\">full</td>")
        .contains(
            "<td rowspan=\"1\"><a href=\"#fig7-small\">fig7-small</a></td><td rowspan=\"1\">small</td>"
                + "<td><a href=\"#fig7-small.curves\">"
                + "Accuracy and critical sample ratio over training</a></td>"
                + "<td class=\"number\">2</td><td class=\"number\">–</td><td class=\"number\">1</td>"
                + "<td class=\"number\">36</td><td class=\"number\">1m20s</td></tr>")
        .contains("<th colspan=\"3\">All</th>", "<td class=\"number\">72</td>");
  }

  @Test
  void shouldShowPaperFindingsCommandAndNote() {
    assertThat(PAGE)
        .contains("<h4>What the paper says</h4>\n<p>Networks fit noise more slowly")
        .contains("<h4>What we found</h4>")
        .contains("<span class=\"badge undecided\">undecided</span> Nobody measured this.")
        .contains("<pre>./rote paper run fig7 --small</pre>\n<p>A note. Its own")
        .contains("bars are their 95 % intervals");
  }

  @Test
  void shouldEscapeWhatReportsSay() {
    Report.Builder hostile = named("hostile", 1).toBuilder().setDescription(HOSTILE);
    Figure.Builder figure = hostile.getFiguresBuilder(0).setTitle(HOSTILE).setPaper(HOSTILE);
    figure.getPanelsBuilder(0).setTitle(HOSTILE).getSeriesBuilder(0).setName(HOSTILE);
    figure.getVerdictsBuilder(0).setClaim(HOSTILE).setStatisticName(HOSTILE).setComparison(HOSTILE);
    figure.getVerdictsBuilder(2).setUndecided(HOSTILE);
    String page =
        GalleryPage.html(
            List.of(new GalleryEntry(hostile.build(), HOSTILE, HOSTILE, HOSTILE, HOSTILE)));
    assertThat(page)
        .doesNotContain("<script", "alert(\"")
        .contains("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; 'y'");
  }

  @Test
  void shouldBeTheSameBytesAgain() {
    List<GalleryEntry> entries =
        List.of(
            new GalleryEntry(SMALL, "fig7-small", "small", "./rote paper run fig7 --small", ""));
    assertThat(GalleryPage.html(entries)).isEqualTo(GalleryPage.html(entries));
  }
}
