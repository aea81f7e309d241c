package dev.rote.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.embedded.Part;
import dev.rote.testkit.Laboratory;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.TrialCounts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Any part may be killed in the middle of a sweep: what it finds is the same. */
class KillAndRestartIT {
  private static Laboratory undisturbed;
  private static Laboratory disturbed;

  @BeforeAll
  static void open() {
    undisturbed = SharedLaboratory.open("undisturbed");
    disturbed = SharedLaboratory.open("disturbed");
  }

  @AfterAll
  static void close() {
    undisturbed.close();
    disturbed.close();
  }

  @Tag("nightly")
  @ParameterizedTest
  @EnumSource(Part.class)
  void shouldFindTheSameWhenAPartIsKilledAndStartedAgain(Part part) throws Exception {
    String text = sweep(part);
    Sweep expected = undisturbed.run(text);
    String id = disturbed.submit(text).getSweep().getStatus().getSweepId();
    disturbed.await(id, status -> status.getProgress().getEpochsDone() >= 10);
    disturbed.site().kill(part);
    disturbed.site().restart(part);
    Sweep found = disturbed.awaitEnd(id);

    assertThat(found.getStatus().getPhase()).isEqualTo(Phase.COMPLETED);
    /* A worker may die between storing a result and reporting it: the next attempt then reuses it. */
    assertThat(found.getStatus().getCounts().toBuilder().clearReused().build())
        .isEqualTo(TrialCounts.newBuilder().setTotal(4).setDone(4).build());
    Map<String, Object> findings = disturbed.findings(found);
    assertThat(findings).isEqualTo(undisturbed.findings(expected));
    assertThat(table(disturbed, id)).isEqualTo(table(undisturbed, id));
  }

  /**
   * Sweeps that repeat until judged, one after the other, until so many kills were made at moments
   * that were drawn, of one part after the other: {@code -Drote.kills=20} makes twenty.
   */
  @Test
  void shouldTakeTheSameLooksWhenPartsAreKilledAtDrawnMoments() throws Exception {
    int kills = Integer.getInteger("rote.kills", Part.values().length);
    Random random = new Random(24);
    Deque<Part> parts = new ArrayDeque<>();
    int sweeps = 0;
    for (int made = 0; made < kills; ) {
      long seed = 7000 + 100L * sweeps++;
      String text = AdaptiveSweep.named("drawn-" + seed, seed);
      Sweep expected = undisturbed.run(text);
      String id = disturbed.submit(text).getSweep().getStatus().getSweepId();
      for (; made < kills && !ended(id); made++) {
        if (parts.isEmpty()) {
          List<Part> all = new ArrayList<>(List.of(Part.values()));
          Collections.shuffle(all, random);
          parts.addAll(all);
        }
        Part part = parts.remove();
        Thread.sleep(random.nextInt(2000));
        disturbed.site().kill(part);
        disturbed.site().restart(part);
      }
      Sweep found = disturbed.awaitEnd(id);
      assertThat(found.getStatus().getPhase()).isEqualTo(Phase.COMPLETED);
      assertThat(found.getStatus().getCounts().toBuilder().clearReused().build())
          .isEqualTo(expected.getStatus().getCounts());
      assertThat(found.getStatus().getRepeating()).isEqualTo(expected.getStatus().getRepeating());
      assertThat(AdaptiveSweep.files(disturbed, id))
          .hasSize(2)
          .isEqualTo(AdaptiveSweep.files(undisturbed, id));
    }
  }

  private static boolean ended(String sweepId) throws InterruptedException {
    Sweep sweep = disturbed.await(sweepId, status -> true);
    return sweep.getStatus().getPhase().equals(Phase.COMPLETED);
  }

  private static String table(Laboratory laboratory, String sweepId) {
    return new String(
        laboratory.reportFile(sweepId, "tables/accuracy.csv"), StandardCharsets.UTF_8);
  }

  /** Long enough to be hit in the middle; a seed of its own, so that nothing is reused. */
  private static String sweep(Part part) {
    return TinySweep.longer(
        "kill-" + part.word(), 1000 + 10L * List.of(Part.values()).indexOf(part));
  }
}
