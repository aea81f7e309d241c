package dev.rote.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A visit to the live page that keeps note of what went wrong meanwhile. */
final class Visit implements AutoCloseable {
  private static final long LEAST_LOAD = 50_000;
  private static final long LARGEST_LOAD = 500_000;
  /* What came over the wire or out of the browser's own store, unpacked. */
  private static final String LOADED_BYTES =
      """
      () => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
        .reduce((sum, entry) => sum + entry.decodedBodySize, 0)
      """;

  private final URI address;
  private final BrowserContext context;
  private final Page page;
  private final List<String> troubles = new ArrayList<>();
  private final List<String> strangers = new ArrayList<>();

  /**
   * @param key that the address is opened with first, as its user does
   */
  Visit(Browser browser, URI address, String key, ColorScheme colours, int width, int height) {
    this.address = address;
    this.context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setBaseURL(address.toString())
                .setColorScheme(colours)
                .setViewportSize(width, height));
    this.page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            troubles.add(message.text() + " at " + message.location());
          }
        });
    page.onPageError(troubles::add);
    page.onRequest(
        request -> {
          URI asked = URI.create(request.url());
          if (!"data".equals(asked.getScheme())
              && !address.getAuthority().equals(asked.getAuthority())) {
            strangers.add(request.url());
          }
        });
    page.navigate(address.resolve("/?key=" + key).toString());
  }

  Page page() {
    return page;
  }

  /** Opens a page of the service. */
  Page open(String path) {
    page.navigate(address.resolve(path).toString());
    return page;
  }

  /** Opens a page as one who was never there, and adds up what all of it takes. */
  void assertLoadsLittle(String path) {
    open(path);
    page.waitForLoadState(LoadState.NETWORKIDLE);
    Object bytes = page.evaluate(LOADED_BYTES);
    assertThat(((Number) bytes).longValue()).as(path).isBetween(LEAST_LOAD, LARGEST_LOAD);
  }

  /** Waits until a picture is there. */
  static void assertDrawn(Locator picture) {
    assertThat(picture.first()).isVisible();
    picture
        .first()
        .page()
        .waitForFunction(
            "picture => picture.complete && picture.naturalWidth > 0",
            picture.first().elementHandle());
  }

  /** Neither a script nor a policy complained, and nothing came from elsewhere. */
  void assertQuiet() {
    assertThat(troubles).isEmpty();
    assertThat(strangers).isEmpty();
  }

  /** Takes out the note that Chromium makes of a page that is an answer of an error. */
  void forgive(int status) {
    troubles.removeIf(
        trouble -> trouble.contains("the server responded with a status of " + status));
  }

  /**
   * Contrast, labels and structure of what is shown are as WCAG 2.1 AA asks, and all of it fits.
   */
  void assertReadable() {
    assertThat(
            new AxeBuilder(page)
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"))
                .analyze()
                .getViolations())
        .as(page.url())
        .isEmpty();
    assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
        .as("%s is wider than the window", page.url())
        .isEqualTo(true);
  }

  /** Takes a picture of the whole page. */
  void picture(String name) {
    String folder = System.getProperty("rote.pictures", "target/pictures");
    page.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of(folder, name + ".png")).setFullPage(true));
  }

  /** Takes a picture of a part of it. */
  void picture(Locator part, String name) {
    String folder = System.getProperty("rote.pictures", "target/pictures");
    part.screenshot(new Locator.ScreenshotOptions().setPath(Path.of(folder, name + ".png")));
  }

  @Override
  public void close() {
    context.close();
  }
}
