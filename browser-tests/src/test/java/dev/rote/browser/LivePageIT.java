package dev.rote.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every page in Debian's Chromium, on a real stack: no complaint on the console, nothing from
 * elsewhere, readable by contrast and by screen readers. {@code -Drote.pictures=DIR} takes the
 * pictures of the guide.
 */
@ExtendWith(LiveStack.Shared.class)
class LivePageIT {
  private static final int WIDTH = 1100;
  private static final int PHONE = 390;

  private final LiveStack stack;

  LivePageIT(LiveStack stack) {
    this.stack = stack;
  }

  @Test
  void shouldShowEveryPageWhenASweepHasEnded() throws Exception {
    String id = stack.laboratory().run(SmallSweep.named("shown")).getStatus().getSweepId();
    for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      for (int width : List.of(WIDTH, PHONE)) {
        try (Visit visit = stack.visit(colours, width)) {
          String suffix = "-" + colours.name().toLowerCase(Locale.ROOT) + "-" + width;
          look(visit, "/", "list" + suffix);
          lookAtSweep(visit, id);
          visit.picture(visit.page().locator("#examples"), "examples" + suffix);
          look(visit, "sweep" + suffix);
          look(visit, "/sweeps/" + id + "/trials?state=done", "trials" + suffix);
          Page trial = visit.open("/sweeps/" + id + "/trials/0");
          Visit.assertDrawn(trial.locator("#now img"));
          trial.locator("#examples").scrollIntoViewIfNeeded();
          Visit.assertDrawn(trial.locator("#examples img"));
          trial.getByText("Numbers of its epochs").click();
          look(visit, "trial" + suffix);
          Page compare = visit.open("/compare?of=" + id + "&of=" + id + "%2F0");
          Visit.assertDrawn(compare.locator("figure img"));
          assertThat(compare.locator("#sides table")).isVisible();
          look(visit, "compare" + suffix);
          look(visit, "/submit", "submit" + suffix);
          look(visit, "/sweeps/nobody-has-this", "failure" + suffix);
          visit.forgive(404);
          visit.assertQuiet();
        }
      }
    }
  }

  private static void lookAtSweep(Visit visit, String id) {
    Page page = visit.open("/sweeps/" + id);
    Visit.assertDrawn(page.locator("#curves img"));
    page.locator("#curves summary").click();
    assertThat(page.locator("#curves table")).isVisible();
    visit.assertReadable();
    page.locator("#curves summary").click();
    Visit.assertDrawn(page.locator("#findings img"));
    page.locator("#examples").scrollIntoViewIfNeeded();
    Visit.assertDrawn(page.locator("#examples img"));
    page.locator("#examples img").last().scrollIntoViewIfNeeded();
  }

  private static void look(Visit visit, String path, String name) {
    visit.open(path);
    look(visit, name);
  }

  private static void look(Visit visit, String name) {
    visit.assertReadable();
    visit.picture(name);
  }

  @Test
  void shouldLoadLittleWhenAPageIsOpenedForTheFirstTime() throws Exception {
    String id = stack.laboratory().run(SmallSweep.named("little")).getStatus().getSweepId();
    for (String path :
        List.of(
            "/submit",
            "/compare?of=" + id + "&of=" + id + "%2F0",
            "/sweeps/" + id,
            "/sweeps/" + id + "/trials",
            "/sweeps/" + id + "/trials/0")) {
      try (Visit visit = stack.visit(ColorScheme.LIGHT, WIDTH)) {
        visit.assertLoadsLittle(path);
        visit.assertQuiet();
      }
    }
  }

  @Test
  void shouldBeReachedByKeysAndPrintedWhenThereIsNoMouse() throws Exception {
    stack.laboratory().run(SmallSweep.named("keys"));
    try (Visit visit = stack.visit(ColorScheme.LIGHT, WIDTH)) {
      Page page = visit.open("/");
      page.keyboard().press("Tab");
      assertThat(page.locator(":focus")).hasText("To the content");
      page.keyboard().press("Enter");
      assertThat(page.url()).endsWith("#main");
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("keys").setExact(true))
          .focus();
      page.keyboard().press("Enter");
      assertThat(page.locator("h1")).hasText("keys");
      Visit.assertDrawn(page.locator("#curves img"));
      Locator quantity = page.getByLabel("Quantity");
      quantity.focus();
      page.keyboard().press("ArrowDown");
      assertThat(page.locator("#curves figcaption")).containsText("Loss over epochs");
      assertThat(quantity).isFocused();
      assertThat(quantity).hasValue("loss");
      page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
      assertThat(page.locator(".top")).isHidden();
      assertThat(page.locator("#curves img")).isVisible();
      visit.assertQuiet();
    }
  }

  @Test
  void shouldShowTheNextPicturesAndOtherScoresWhenTheyAreAskedFor() throws Exception {
    String id = stack.laboratory().run(SmallSweep.named("pictures")).getStatus().getSweepId();
    try (Visit visit = stack.visit(ColorScheme.LIGHT, WIDTH)) {
      Page page = visit.open("/sweeps/" + id);
      page.locator("#examples").scrollIntoViewIfNeeded();
      Locator pictures = page.locator("#examples .gallery img");
      assertThat(pictures).hasCount(32);
      String hardest = pictures.first().getAttribute("alt");
      page.getByText("The next ones").click();
      assertThat(page.locator("#examples .note")).containsText("from number 33 on");
      assertThat(pictures.first()).not().hasAttribute("alt", hardest);
      page.getByText("Those before").click();
      assertThat(pictures.first()).hasAttribute("alt", hardest);
      page.getByLabel("Score").selectOption("errors/loss");
      assertThat(page.locator("#examples .note")).containsText("by loss of errors (real)");
      assertThat(pictures).hasCount(32);
      visit.assertQuiet();
    }
  }

  @Test
  void shouldCompareTwoSweepsWhenTheyAreTickedInTheList() throws Exception {
    stack.laboratory().run(SmallSweep.named("left"));
    stack.laboratory().run(SmallSweep.named("right").replace("momentum: 0.9", "momentum: 0.5"));
    try (Visit visit = stack.visit(ColorScheme.LIGHT, WIDTH)) {
      Page page = visit.open("/");
      page.getByLabel("Compare left").check();
      page.waitForResponse(response -> response.url().contains("/table"), () -> {});
      assertThat(page.getByLabel("Compare left")).isChecked();
      page.getByLabel("Compare right").check();
      page.getByText("Compare those that are ticked").click();
      Visit.assertDrawn(page.locator("figure img"));
      assertThat(page.locator("#sides thead th")).hasText(new String[] {"right", "left"});
      Locator momentum =
          page.locator("#sides tr")
              .filter(new Locator.FilterOptions().setHasText("optimizer.momentum"));
      assertThat(momentum.locator("td")).hasText(new String[] {"0.5", "0.9"});
      visit.assertQuiet();
    }
  }
}
