package dev.rote.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.v1.SweepStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DisplaysTest {
  private final StringWriter text = new StringWriter();
  @TempDir Path folder;
  private final AtomicInteger columns = new AtomicInteger(100);
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
    BarDisplay bar = bar();
    bar.show(done(1));
    bar.show(done(1));
    bar.show(done(2));
    bar.note("a remark");
    bar.end();

    assertThat(text.toString().split("\r", -1)).hasSize(4);
    assertThat(text.toString()).contains("\r\u001b[Ja remark\n").endsWith("\n");
  }

  private BarDisplay bar() {
    return new BarDisplay(new PrintWriter(text, true), "demo", columns::get, Duration.ofMillis(1));
  }

  @Test
  void bar_terminalIsResized_isDrawnAnewOverItsRows() {
    BarDisplay bar = bar();
    bar.show(done(1));
    int before = text.toString().length();
    columns.set(30);

    String redrawn = "\u001b[A\u001b[A\u001b[A\r\u001b[J" + ProgressText.bar("demo", done(1), 30);
    while (!text.toString().substring(before).equals(redrawn)) {
      assertThat(text.toString().substring(before)).isIn("", redrawn);
      Thread.onSpinWait();
    }
    bar.end();
  }

  @Test
  void columns_stty_areAskedAnew() throws IOException {
    Path size = Files.writeString(folder.resolve("size"), "24 100\n");
    SttyColumns asked = new SttyColumns(List.of("cat"), size.toFile(), 80);

    assertThat(asked.getAsInt()).isEqualTo(100);
    Files.writeString(size, "24 40\n");
    assertThat(asked.getAsInt()).isEqualTo(40);
    Files.writeString(size, "stty: not a terminal\n");
    assertThat(asked.getAsInt()).isEqualTo(40);
    assertThat(new SttyColumns(List.of("no-such-program"), size.toFile(), 80).getAsInt())
        .isEqualTo(80);
  }
}
