package dev.rote.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import dev.rote.embedded.Part;
import dev.rote.testkit.Laboratory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every page in Debian's Chromium, on a real stack: no complaint on the console, nothing from
 * elsewhere, readable by contrast and by screen readers. {@code -Drote.pictures=DIR} takes the
 * pictures of the guide.
 */
class LivePageIT {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final int WIDTH = 1100;
  private static final int HEIGHT = 900;

  private static Laboratory laboratory;
  private static Playwright playwright;
  private static Browser browser;
  private static URI address;

  private static String sweep(String name) {
    return """
    apiVersion: rote.dev/v1
    kind: Sweep
    metadata: {name: %s}
    spec:
      description: Real inputs against random ones.
      trial:
        dataset: {name: strokes, trainSize: 400, validationSize: 200}
        model: {mlp: {hidden: [64]}}
        optimizer: {learningRate: 0.1, momentum: 0.9}
        training: {epochs: 6, batchSize: 32}
        seed: 1
      axes:
      - name: data
        points:
        - label: real
        - label: randX
          set: {corruption: {inputs: {rule: GAUSSIAN}}}
      repetitions: 3
      parallelism: 2
      measurements:
      - name: hardness
        el2n: {}
        finalOnly: true
      figures:
      - name: accuracy
        title: Accuracy over training
        panels:
        - title: Training and validation
          curves: {metrics: [{kind: TRAIN_ACCURACY}, {kind: VALIDATION_ACCURACY}]}
        claims:
        - claim: Real data is fitted above chance.
          value: {metric: {kind: TRAIN_ACCURACY}, label: real, moment: MAX}
          threshold: 0.12
    """
        .formatted(name);
  }

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(Files.isExecutable(CHROMIUM), "there is no " + CHROMIUM + ": install chromium");
    laboratory =
        Laboratory.open(
            Files.createTempDirectory(Files.createDirectories(Path.of("target")), "page"),
            Optional.empty());
    address = Objects.requireNonNull(laboratory.site().addresses().http().get(Part.SWEEPS));
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setArgs(List.of("--no-sandbox", "--disable-background-networking")));
  }

  @AfterAll
  static void stop() {
    if (playwright != null) {
      playwright.close();
    }
    if (laboratory != null) {
      laboratory.close();
    }
  }

  private static Visit visit(ColorScheme colours, int width) {
    String key = laboratory.site().addresses().token().orElseThrow();
    return new Visit(browser, address, key, colours, width, HEIGHT);
  }

  private static void picture(Page page, String name) {
    String folder = System.getProperty("rote.pictures", "target/pictures");
    page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of(folder, name + ".png")).setFullPage(true));
  }

  @Test
  void shouldShowEveryPageWhenASweepHasEnded() throws Exception {
    String id = laboratory.run(sweep("shown")).getStatus().getSweepId();
    for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      for (int width : List.of(WIDTH, 390)) {
        try (Visit visit = visit(colours, width)) {
          String suffix = "-" + colours.name().toLowerCase(Locale.ROOT) + "-" + width;
          look(visit, "/", "list" + suffix);
          Page page = visit.open("/sweeps/" + id);
          drawn(page.locator("#curves img"));
          drawn(page.locator("#findings img"));
          page.locator("#examples").scrollIntoViewIfNeeded();
          drawn(page.locator("#examples img"));
          look(visit, "sweep" + suffix);
          look(visit, "/sweeps/" + id + "/trials?state=done", "trials" + suffix);
          Page trial = visit.open("/sweeps/" + id + "/trials/0");
          drawn(trial.locator("figure img"));
          look(visit, "trial" + suffix);
          Page compare = visit.open("/compare?of=" + id + "&of=" + id + "%2F0");
          drawn(compare.locator("figure img"));
          look(visit, "compare" + suffix);
          look(visit, "/submit", "submit" + suffix);
          visit.assertQuiet();
        }
      }
    }
  }

  private static void look(Visit visit, String path, String name) {
    visit.open(path);
    look(visit, name);
  }

  private static void look(Visit visit, String name) {
    visit.assertReadable();
    visit.assertFits();
    picture(visit.page(), name);
  }

  /** Waits until a picture is there. */
  private static void drawn(Locator picture) {
    assertThat(picture.first()).isVisible();
    picture
        .first()
        .page()
        .waitForFunction(
            "picture => picture.complete && picture.naturalWidth > 0",
            picture.first().elementHandle());
  }

  @Test
  void shouldBeReachedByKeysAndPrintedWhenThereIsNoMouse() throws Exception {
    laboratory.run(sweep("keys"));
    try (Visit visit = visit(ColorScheme.LIGHT, WIDTH)) {
      Page page = visit.open("/");
      page.keyboard().press("Tab");
      assertThat(page.locator(":focus")).hasText("To the content");
      page.keyboard().press("Enter");
      assertThat(page.url()).endsWith("#main");
      Locator link = page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("keys"));
      link.focus();
      page.keyboard().press("Enter");
      assertThat(page.locator("h1")).hasText("keys");
      page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
      assertThat(page.locator(".top")).isHidden();
      visit.assertQuiet();
    }
  }
}
