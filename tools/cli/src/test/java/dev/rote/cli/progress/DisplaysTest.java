package dev.rote.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.v1.SweepStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class DisplaysTest {
  private final StringWriter text = new StringWriter();
  private Instant now = Instant.EPOCH;
  private final LineDisplay lines =
      new LineDisplay(new PrintWriter(text, true), "demo", Duration.ofSeconds(5), () -> now);

  private static SweepStatus done(long trials) {
    SweepStatus.Builder status = Statuses.running().toBuilder();
    status.getCountsBuilder().setDone(trials);
    return status.build();
  }

  private void showAt(int second, SweepStatus status) {
    now = Instant.EPOCH.plusSeconds(second);
    lines.show(status);
  }

  @Test
  void lines_manyChanges_oneLineAPause() {
    showAt(0, done(1));
    showAt(1, done(2));
    showAt(4, done(3));
    showAt(5, done(4));

    assertThat(text.toString().lines())
        .satisfiesExactly(
            first -> assertThat(first).contains("1/20 done"),
            second -> assertThat(second).contains("4/20 done"));
  }

  @Test
  void lines_noChange_noLine() {
    showAt(0, done(1));
    showAt(60, done(1));

    assertThat(text.toString().lines()).hasSize(1);
  }

  @Test
  void lines_changeOfPhase_isShownAtOnce() {
    showAt(0, done(1));
    showAt(1, Statuses.in(SweepStatus.Phase.PAUSED));

    assertThat(text.toString()).contains("paused");
  }

  @Test
  void lines_end_showsWhatWasHeldBack() {
    showAt(0, done(1));
    showAt(1, done(2));
    lines.end();
    lines.end();

    assertThat(text.toString().lines()).hasSize(2);
    assertThat(text.toString()).contains("2/20 done");
  }

  @Test
  void bar_sameLine_isDrawnOnce() {
    BarDisplay bar = new BarDisplay(new PrintWriter(text, true), "demo", 100);
    bar.show(done(1));
    bar.show(done(1));
    bar.show(done(2));
    bar.note("a remark");
    bar.end();

    assertThat(text.toString().split("\r", -1)).hasSize(4);
    assertThat(text.toString()).contains("\r\u001b[Ka remark\n").endsWith("\n");
  }
}
