package dev.rote.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Everything that the live page does, done in Chromium by whoever sits before it. */
@ExtendWith(LiveStack.Shared.class)
class SteeredPageIT {
  private static final int WIDTH = 1100;

  private final LiveStack stack;

  SteeredPageIT(LiveStack stack) {
    this.stack = stack;
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static void assertPhase(Page page, String phase) {
    assertThat(page.locator("#status .phase")).hasText(phase);
  }

  @Test
  void shouldTakeInASweepWhenWhatWasWrongAtItsLineIsMended() {
    String right = SmallSweep.named("mended");
    String wrong = right.replace("repetitions: 3", "repetitions: 0");
    int line = wrong.substring(0, wrong.indexOf("repetitions: 0")).split("\n", -1).length;
    try (Visit visit = stack.visit(ColorScheme.LIGHT, WIDTH)) {
      Page page = visit.open("/submit");
      page.getByLabel("The sweep, YAML or JSON").fill(wrong);
      button(page, "Submit").click();
      assertThat(page.getByRole(AriaRole.ALERT)).containsText("must be in [1, 10000], was 0");
      visit.assertReadable();
      visit.picture("submit-wrong");
      page.getByText("line " + line).click();
      assertThat(page.locator("li:target")).containsText("repetitions: 0");
      assertThat(page.locator("li:target")).hasClass("wrong");
      visit.forgive(400);
      visit.assertQuiet();
      assertThat(page.getByLabel("The sweep, YAML or JSON")).hasValue(wrong);
      page.getByLabel("The sweep, YAML or JSON").fill(right);
      button(page, "Check").click();
      assertThat(page.getByRole(AriaRole.STATUS)).containsText("The sweep is valid: 6 trials.");
      visit.assertReadable();
      button(page, "Submit").click();
      assertThat(page).hasURL(Pattern.compile("/sweeps/mended-[0-9a-f]{16}$"));
      assertPhase(page, "completed");
      visit.assertQuiet();
    }
  }

  /** As one who has read nothing: from an empty form to the examples that were learnt last. */
  @Test
  void shouldLeadANewUserFromAnExampleToItsPicturesWhenLinksAreFollowed() {
    try (Visit visit = stack.visit(ColorScheme.LIGHT, WIDTH)) {
      Page page = visit.page();
      page.getByRole(AriaRole.NAVIGATION).getByText("Submit").click();
      visit.assertReadable();
      page.getByText("Begin with an example").click();
      button(page, "Check").click();
      assertThat(page.getByRole(AriaRole.STATUS)).containsText("The sweep is valid: 6 trials.");
      button(page, "Submit").click();
      assertThat(page.locator("h1")).hasText("first-look");
      Visit.assertDrawn(page.locator("#curves img"));
      assertPhase(page, "completed");
      assertThat(page.locator("#findings tbody tr")).hasCount(1);
      page.locator("#examples").scrollIntoViewIfNeeded();
      page.getByLabel("Score").selectOption("end/loss");
      page.locator("#examples").getByLabel("labels").selectOption("a fifth wrong");
      assertThat(page.locator("#examples .note"))
          .containsText("Hardest examples by loss of end (a fifth wrong)");
      assertThat(page.locator("#examples .gallery li.changed").first()).isVisible();
      visit.assertReadable();
      visit.picture(page.locator("#examples"), "examples-wrong-labels");
      visit.picture("sweep-first-look");
      visit.assertQuiet();
    }
  }

  @Test
  void shouldTakeInAFileWhenOneIsChosen() {
    try (Visit visit = stack.visit(ColorScheme.LIGHT, WIDTH)) {
      Page page = visit.open("/submit");
      byte[] file = SmallSweep.named("from-a-file").getBytes(StandardCharsets.UTF_8);
      page.getByLabel("or a file of it")
          .setInputFiles(new FilePayload("sweep.yaml", "application/yaml", file));
      button(page, "Submit").click();
      assertThat(page.locator("h1")).hasText("from-a-file");
      assertPhase(page, "completed");
      visit.assertQuiet();
    }
  }

  @Test
  void shouldSteerASweepWhenItsButtonsArePressed() {
    String id =
        stack
            .laboratory()
            .submit(SmallSweep.longer("steered", 11, 150))
            .getSweep()
            .getStatus()
            .getSweepId();
    try (Visit visit = stack.visit(ColorScheme.DARK, WIDTH)) {
      Page page = visit.open("/sweeps/" + id);
      assertPhase(page, "running");
      page.evaluate("window.loadedOnce = true");
      button(page, "Pause").press("Enter");
      assertPhase(page, "paused");
      assertThat(button(page, "Pause")).isHidden();
      visit.assertReadable();
      page.getByLabel("Trials at a time").fill("2");
      page.waitForResponse(
          response -> response.url().endsWith("/parallelism") && response.ok(),
          () -> button(page, "Change").click());
      assertThat(page.getByLabel("Trials at a time")).hasValue("2");
      assertPhase(page, "paused");
      button(page, "Resume").click();
      assertPhase(page, "running");
      assertThat(page.locator("#grid a.square.working")).hasCount(2);
      page.getByText("Cancel …").click();
      button(page, "Cancel the sweep").click();
      assertPhase(page, "cancelled");
      assertThat(page.locator("#grid .legend")).containsText("cancelled");
      assertThat(page.evaluate("window.loadedOnce")).isEqualTo(true);
      button(page, "Start failed and cancelled trials again").click();
      assertPhase(page, "running");
      page.getByText("Cancel …").click();
      button(page, "Cancel the sweep").click();
      assertPhase(page, "cancelled");
      visit.assertQuiet();
    }
  }

  @Test
  void shouldComplainOfNothingWhenThePageOfARunningSweepIsLeft() {
    String id =
        stack
            .laboratory()
            .submit(SmallSweep.longer("left", 41, 150))
            .getSweep()
            .getStatus()
            .getSweepId();
    try (Visit visit = stack.visit(ColorScheme.LIGHT, WIDTH)) {
      Page page = visit.open("/sweeps/" + id);
      /* The stream has told of the trials that began since. */
      assertThat(page.locator("#grid a.square.working").first()).isVisible();
      page.getByText("All trials as a table").click();
      assertThat(page).hasURL(Pattern.compile("/sweeps/" + id + "/trials$"));
      page.goBack();
      assertPhase(page, "running");
      page.getByText("Cancel …").click();
      button(page, "Cancel the sweep").click();
      assertPhase(page, "cancelled");
      visit.assertQuiet();
    }
  }
}
