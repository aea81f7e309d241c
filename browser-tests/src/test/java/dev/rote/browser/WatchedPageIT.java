package dev.rote.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.rote.v1.DescribeTrialRequest;
import dev.rote.v1.EpochRecord;
import dev.rote.v1.GetResultsRequest;
import dev.rote.v1.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A sweep and a trial that are watched while they run, and are what they became at the end. */
@ExtendWith(LiveStack.Shared.class)
class WatchedPageIT {
  private static final int WIDTH = 1100;
  private static final int EPOCHS = 110;

  private final LiveStack stack;

  WatchedPageIT(LiveStack stack) {
    this.stack = stack;
  }

  private String submit(String text) {
    return stack.laboratory().submit(text).getSweep().getStatus().getSweepId();
  }

  @Test
  void shouldDrawCurvesWhileTrialsRunAndTheReportsAtTheEndWhenASweepIsWatched() {
    String id = submit(SmallSweep.longer("watched", 21, 30));
    try (Visit visit = stack.visit(ColorScheme.LIGHT, WIDTH)) {
      Page page = visit.open("/sweeps/" + id);
      assertThat(page.locator("#status .phase")).hasText("running");
      page.evaluate("window.loadedOnce = true");
      page.locator("#curves summary").click();
      /* Some of the repetitions have ended, and not all: that is what the page shows meanwhile. */
      String early =
          page.waitForFunction(
                  "() => document.querySelector('#status .phase').textContent === 'running'"
                      + " && document.querySelectorAll('#curves .numbers tbody tr').length > 0"
                      + " && document.querySelector('#curves img')?.naturalWidth > 0"
                      + " && document.querySelector('#curves img').getAttribute('src')")
              .jsonValue()
              .toString();
      assertThat(page.locator("#findings .notice")).containsText("Partial:");
      visit.assertReadable();
      visit.picture("sweep-running");
      assertThat(page.locator("#status .phase")).hasText("completed");
      assertThat(page.locator("#findings .badge")).hasText("holds");
      assertThat(page.locator("#grid a.square.done")).hasCount(6);
      assertThat(page.locator("#curves img")).not().hasAttribute("src", early);
      String[] repetitions = new String[2 * 2 * 31];
      Arrays.fill(repetitions, "3");
      assertThat(page.locator("#curves .numbers td:last-child")).hasText(repetitions);
      assertThat(page.evaluate("window.loadedOnce")).isEqualTo(true);
      assertThat(shown(page)).isEqualTo(reported(id));
      assertClaims(page, id);
      String figure = page.locator("#findings figure img").getAttribute("src");
      assertThat(page.evaluate("address => fetch(address).then(got => got.text())", figure))
          .isEqualTo(
              new String(
                  stack.laboratory().reportFile(id, "figures/accuracy.svg"),
                  StandardCharsets.UTF_8));
      visit.assertQuiet();
    }
  }

  /** Means by quantity, line and epoch, as the page has them. */
  private static Map<String, Double> shown(Page page) {
    Map<String, Double> means = new TreeMap<>();
    for (Locator row : page.locator("#curves .numbers tbody tr").all()) {
      List<String> cells = row.locator("td").allTextContents();
      means.put(
          String.join("/", cells.subList(0, 3)),
          Double.valueOf(row.locator("data").getAttribute("value")));
    }
    return means;
  }

  /** The same of the report's table. */
  private Map<String, Double> reported(String id) {
    Map<String, Double> means = new TreeMap<>();
    new String(stack.laboratory().reportFile(id, "tables/accuracy.csv"), StandardCharsets.UTF_8)
        .lines()
        .skip(1)
        .map(line -> line.split(",", -1))
        .forEach(
            cells ->
                means.put(cells[3] + "/" + cells[2] + "/" + cells[4], Double.valueOf(cells[5])));
    return means;
  }

  private void assertClaims(Page page, String id) {
    Verdict verdict =
        stack
            .laboratory()
            .sweeps()
            .getResults(GetResultsRequest.newBuilder().setSweep(id).build())
            .getReport()
            .getFigures(0)
            .getVerdicts(0);
    assertThat(verdict.getHolds()).isTrue();
    assertThat(page.locator("#findings tbody tr")).containsText(new String[] {verdict.getClaim()});
    assertThat(page.locator("#findings tbody tr"))
        .containsText(new String[] {verdict.getStatisticName()});
  }

  @Test
  void shouldFollowATrialUntilItsResultWhenItsPageIsLeftOpen() {
    String id =
        submit(
            SmallSweep.longer("followed", 31, EPOCHS)
                .replace("trainSize: 1500", "trainSize: 3000")
                .replace("repetitions: 3", "repetitions: 1"));
    try (Visit visit = stack.visit(ColorScheme.DARK, WIDTH)) {
      Page page = visit.open("/sweeps/" + id + "/trials/1");
      Locator state = page.locator("#now dd").first();
      assertThat(state).hasText("pending");
      page.evaluate("window.loadedOnce = true");
      visit.assertReadable();
      page.getByText("Numbers of its epochs").click();
      assertThat(state).hasText("training");
      /* Some of its epochs lie in a checkpoint, and not all. */
      page.waitForFunction(
          "() => document.querySelector('#now dd').textContent === 'training'"
              + " && document.querySelectorAll('#epochs tbody tr').length > 1"
              + " && document.querySelector('#now img')?.naturalWidth > 0");
      visit.assertReadable();
      visit.picture("trial-running");
      assertThat(state).hasText("done");
      Visit.assertDrawn(page.locator("#now img"));
      assertThat(page.locator("#epochs tbody tr")).hasCount(EPOCHS + 1);
      List<EpochRecord> history =
          stack
              .laboratory()
              .sweeps()
              .describeTrial(DescribeTrialRequest.newBuilder().setSweep(id).setIndex(1).build())
              .getResult()
              .getHistoryList();
      for (EpochRecord epoch : history) {
        String shown =
            page.locator("#epochs tbody tr")
                .nth(epoch.getEpoch())
                .locator("td")
                .nth(1)
                .textContent();
        assertThat(Double.parseDouble(shown))
            .isCloseTo(epoch.getTrain().getLoss(), withinPercentage(0.1));
      }
      page.locator("#examples").scrollIntoViewIfNeeded();
      Visit.assertDrawn(page.locator("#examples .gallery img"));
      assertThat(page.evaluate("window.loadedOnce")).isEqualTo(true);
      visit.assertQuiet();
    }
  }
}
