package dev.rote.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.embedded.Part;
import dev.rote.testkit.Laboratory;
import dev.rote.v1.CancelSweepRequest;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The live page of sweeps with many trials, and with many examples that are scored. */
@ExtendWith(SharedLaboratory.class)
class LargePageIT {
  private static final int EXAMPLES = 50_000;

  private final Browsing browsing;
  private final Laboratory laboratory;

  LargePageIT(Laboratory laboratory) {
    this.laboratory = laboratory;
    this.browsing =
        new Browsing(
            Objects.requireNonNull(laboratory.site().addresses().http().get(Part.SWEEPS)),
            laboratory.site().addresses().token().orElseThrow());
  }

  @Test
  void shouldAnswerWithinASecondWhenASweepHasAHundredThousandTrials() throws Exception {
    String text =
        TinySweep.named("page-large", 721, 3)
            .replace("repetitions: 2", "repetitions: 10000\n  suspend: true")
            .replace(
                "  repetitions",
                "  - {name: rate, field: optimizer.learningRate, values: [0.1, 0.2, 0.3, 0.4, 0.5]}\n"
                    + "  repetitions");
    /* Its figures are of one axis. */
    String drawnless = text.substring(0, text.indexOf("  figures:"));
    String id = laboratory.submit(drawnless).getSweep().getStatus().getSweepId();
    String path = "/sweeps/" + id;
    assertThat(browsing.page(path)).contains("0 of 100,000 done", "A square stands for 67 trials");
    for (String asked :
        List.of(
            "/",
            path,
            path + "/grid",
            path + "/trials",
            path + "/trials?state=pending&at.data=randX&at.rate=0.5",
            path + "/trials?state=failed",
            path + "/trials?from=99900",
            path + "/trials/99999")) {
      assertThat(quickestMillis(asked)).as(asked).isLessThan(1_000);
    }
    laboratory.sweeps().cancelSweep(CancelSweepRequest.newBuilder().setSweep(id).build());
  }

  /** Of three, for other tests' work may be in the way of one. */
  private long quickestMillis(String path) throws Exception {
    long quickest = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      long begun = System.nanoTime();
      browsing.page(path);
      quickest = Math.min(quickest, (System.nanoTime() - begun) / 1_000_000);
    }
    return quickest;
  }

  /** Ten trials of 50,000 examples, each looked at before and after the one epoch, and scored. */
  @Tag("nightly")
  @Test
  void shouldShowExamplesAPageAtATimeWhenAMillionRowsAreScored() throws Exception {
    String text =
        """
        apiVersion: rote.dev/v1
        kind: Sweep
        metadata: {name: page-million}
        spec:
          trial:
            dataset: {name: strokes, trainSize: 50000, validationSize: 100}
            model: {mlp: {hidden: [8]}}
            optimizer: {learningRate: 0.1}
            training: {epochs: 1, batchSize: 250}
          repetitions: 10
          measurements:
          - {name: history, dynamics: {}}
          - {name: errors, exampleErrors: {examples: {count: 0}}, finalOnly: true}
        """;
    String id = laboratory.run(text).getStatus().getSweepId();
    String path = "/sweeps/" + id;
    for (String page : List.of(path, path + "/examples", path + "/trials/9")) {
      assertThat(quickestMillis(page)).as(page).isLessThan(1_000);
    }
    for (String pictures : List.of("/examples/picture", "/trials/9/examples/picture")) {
      for (int from : List.of(0, 32, EXAMPLES - 16)) {
        String asked = path + pictures + "?score=errors/loss&from=" + from;
        long begun = System.nanoTime();
        assertThat(browsing.page(asked).split("<li", -1))
            .as(asked)
            .hasSize(1 + Math.min(32, EXAMPLES - from));
        assertThat((System.nanoTime() - begun) / 1_000_000).as(asked).isLessThan(5_000);
        assertThat(quickestMillis(asked)).as(asked).isLessThan(1_000);
      }
    }
  }
}
