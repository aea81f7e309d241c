package dev.rote.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A visit to the live page that keeps note of what went wrong meanwhile. */
final class Visit implements AutoCloseable {
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

  /** Neither a script nor a policy complained, and nothing came from elsewhere. */
  void assertQuiet() {
    assertThat(troubles).isEmpty();
    assertThat(strangers).isEmpty();
  }

  /** Contrast, labels and structure of what is shown are as WCAG 2.1 AA asks. */
  void assertReadable() {
    assertThat(
            new AxeBuilder(page)
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"))
                .analyze()
                .getViolations())
        .as(page.url())
        .isEmpty();
  }

  /** Nothing is wider than the window. */
  void assertFits() {
    assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
        .as("%s is wider than the window", page.url())
        .isEqualTo(true);
  }

  @Override
  public void close() {
    context.close();
  }
}
