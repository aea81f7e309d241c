package dev.rote.sweeps.workflow;

import static dev.rote.sweeps.workflow.Workplace.sweep;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.v1.ClaimWorkResponse;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.WorkItem;
import org.junit.jupiter.api.Test;

/** A sweep of 100 000 trials costs as much per event at its end as at its start. */
class LargeSweepTest {
  private static final int TRIALS = 100_000;

  @Test
  void decide_hundredThousandTrials_writeAsMuchAtTheEndAsAtTheStart() {
    Workplace place = new Workplace();
    place.submit("s", sweep("s", TRIALS, 16, 0));
    long early = 0;
    long late = 0;
    while (!place.offers.isEmpty()) {
      assertThat(place.offers.size()).isLessThanOrEqualTo(16);
      long done = place.status("s").getCounts().getDone();
      WorkItem item = place.offers.remove();
      ClaimWorkResponse claimed = place.claim(item.getWorkId(), "w");
      place.complete(item.getWorkId(), claimed.getAttempt());
      early += done >= 10_000 && done < 20_000 ? place.lastBytes() : 0;
      late += done >= 90_000 ? place.lastBytes() : 0;
    }
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.COMPLETED);
    assertThat(late).isLessThan(early * 11 / 10);
    // What is in flight is stored, not what has ended.
    assertThat(place.state.count("cell/") + place.state.count("wait/")).isZero();
  }

  @Test
  void decide_manyStoredTrials_areAnsweredInBoundedSteps() {
    Workplace place = new Workplace();
    place.submit("a", sweep("a", 3_000, 100, 0));
    place.workOff();
    place.submit("b", sweep("b", 3_000, 100, 0));
    place.workOff();
    assertThat(place.status("b").getCounts().getReused()).isEqualTo(3_000);
    assertThat(place.status("b").getPhase()).isEqualTo(Phase.COMPLETED);
  }
}
