package dev.rote.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.rote.embedded.Part;
import dev.rote.testkit.Laboratory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** A real stack and Debian's Chromium, started for the first test and closed after the last. */
final class LiveStack implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final int HEIGHT = 900;
  private static final double PATIENCE_MILLIS = 30_000;

  private final Laboratory laboratory;
  private final Playwright playwright;
  private final Browser browser;

  private LiveStack() throws IOException, InterruptedException {
    laboratory =
        Laboratory.open(
            Files.createTempDirectory(Files.createDirectories(Path.of("target")), "page"),
            Optional.empty());
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
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
  }

  Laboratory laboratory() {
    return laboratory;
  }

  /** A browser of its own, which was led in with the stack's key. */
  Visit visit(ColorScheme colours, int width) {
    URI address = Objects.requireNonNull(laboratory.site().addresses().http().get(Part.SWEEPS));
    String key = laboratory.site().addresses().token().orElseThrow();
    return new Visit(browser, address, key, colours, width, HEIGHT);
  }

  @Override
  public void close() {
    playwright.close();
    laboratory.close();
  }

  /** Hands it to tests; those are skipped where there is no Chromium. */
  static final class Shared implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == LiveStack.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      assumeTrue(Files.isExecutable(CHROMIUM), "there is no " + CHROMIUM + ": install chromium");
      return context
          .getRoot()
          .getStore(Namespace.create(LiveStack.class))
          .computeIfAbsent(LiveStack.class, key -> open(), LiveStack.class);
    }

    private static LiveStack open() {
      try {
        return new LiveStack();
      } catch (IOException e) {
        throw new IllegalStateException("no directory for the laboratory", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while the laboratory started", e);
      }
    }
  }
}
