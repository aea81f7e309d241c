package dev.rote.sweeps.workflow;

import static dev.rote.sweeps.workflow.Workplace.sweep;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.spec.Ids;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.SweepSubmitted;
import dev.rote.v1.WorkflowEvent;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Sweeps under ids of 16 hex digits, and under those of 8 from before. */
class SweepIdTest {
  private static final Sweep SWEEP = sweep("s", 2, 1, 0);
  private static final String LONG = Ids.sweepId(Workplace.VERSIONS, SWEEP).value();
  private static final String SHORT = LONG.substring(0, "s-".length() + 8);

  private final Workplace place = new Workplace();

  private Answer tell(String id, Sweep sweep) {
    return place.tell(
        WorkflowEvent.newBuilder()
            .setSweepSubmitted(SweepSubmitted.newBuilder().setSweepId(id).setSweep(sweep)));
  }

  private Optional<String> found(String text) {
    return new WorkflowView(place.state).sweep(text).map(SweepRecord::getSweepId);
  }

  @Test
  void submit_sweepThatIsThereUnderItsShortId_isThatSweep() {
    place.submit(SHORT, SWEEP);
    Answer.Submitted again = (Answer.Submitted) tell(LONG, sweep("s", 2, 2, 0));
    assertThat(again.created()).isFalse();
    assertThat(again.status().getSweepId()).isEqualTo(SHORT);
    assertThat(again.status().getCounts().getRunning()).isEqualTo(2);
    assertThat(place.state.count("sweep/")).isEqualTo(1);
    assertThat(found(LONG)).contains(SHORT);
    assertThat(found(SHORT)).contains(SHORT);
    assertThat(found("s")).contains(SHORT);
  }

  @Test
  void submit_otherSweepUnderTheShortId_isANewSweep() {
    place.submit(SHORT, sweep("s", 3, 1, 0));
    Answer.Submitted created = (Answer.Submitted) tell(LONG, SWEEP);
    assertThat(created.created()).isTrue();
    assertThat(found(LONG)).contains(LONG);
    assertThat(found(SHORT)).contains(SHORT);
  }

  @Test
  void submit_otherSweepUnderTheSameId_isRefusedAndOverwritesNothing() throws Exception {
    place.submit(LONG, SWEEP);
    assertThat(tell(LONG, sweep("s", 5, 1, 0))).isEqualTo(new Answer.Collided(LONG));
    assertThat(Sweep.parseFrom(place.state.get(Keys.spec(LONG)))).isEqualTo(SWEEP);
    place.workOff();
    assertThat(place.status(LONG).getCounts().getDone()).isEqualTo(2);
  }

  @Test
  void find_longIdByItsFirstEightDigits_unlessANameIsThat() {
    place.submit(LONG, SWEEP);
    assertThat(found(SHORT)).contains(LONG);
    assertThat(found(SHORT.substring(0, SHORT.length() - 1))).isEmpty();
    assertThat(found("s-")).isEmpty();
    Sweep named = sweep(SHORT, 1, 1, 0);
    place.submit(Ids.sweepId(Workplace.VERSIONS, named).value(), named);
    assertThat(found(SHORT)).contains(Ids.sweepId(Workplace.VERSIONS, named).value());
  }
}
