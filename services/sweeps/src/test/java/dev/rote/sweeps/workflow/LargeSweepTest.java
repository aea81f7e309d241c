package dev.rote.sweeps.workflow;

import static dev.rote.sweeps.workflow.Workplace.sweep;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.v1.ClaimWorkResponse;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.WorkItem;
import org.junit.jupiter.api.Test;

/** A sweep of 100 000 trials costs, per event, what one of a few thousand does. */
class LargeSweepTest {

  @Test
  void decide_hundredThousandTrials_writesNoMorePerEventThanAFewThousand() {
    long small = bytesPerTrial(3_000);
    long large = bytesPerTrial(100_000);
    assertThat(large).isLessThan(small * 5 / 4);
  }

  @Test
  void decide_hundredThousandStoredTrials_areAnsweredInBoundedSteps() {
    Workplace place = new Workplace();
    place.submit("a", sweep("a", 3_000, 100, 0));
    place.workOff();
    place.submit("b", sweep("b", 3_000, 100, 0));
    place.workOff();
    assertThat(place.status("b").getCounts().getReused()).isEqualTo(3_000);
    assertThat(place.status("b").getPhase()).isEqualTo(Phase.COMPLETED);
  }

  private static long bytesPerTrial(int trials) {
    Workplace place = new Workplace();
    place.submit("s", sweep("s", trials, 16, 0));
    long written = 0;
    long inFlight = 0;
    while (!place.offers.isEmpty()) {
      WorkItem item = place.offers.remove();
      ClaimWorkResponse claimed = place.claim(item.getWorkId(), "w");
      place.complete(item.getWorkId(), claimed.getAttempt());
      written += place.lastBytes();
      inFlight = Math.max(inFlight, place.offers.size());
    }
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.COMPLETED);
    assertThat(inFlight).isLessThanOrEqualTo(16);
    assertThat(place.state.count("cell/") + place.state.count("wait/")).isZero();
    return written / trials;
  }
}
