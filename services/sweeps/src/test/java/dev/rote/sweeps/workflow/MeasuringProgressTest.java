package dev.rote.sweeps.workflow;

import static dev.rote.sweeps.workflow.Workplace.sweep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.sweeps.workflow.Workplace.Lease;
import dev.rote.v1.Progress;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.SweepStatus.Phase;
import org.junit.jupiter.api.Test;

/** A trial of ten epochs that takes 40 s, and measurements of 100 s each. */
class MeasuringProgressTest {
  private static final double SHARE = 0.001;

  private final Workplace place = new Workplace();

  private Progress progress() {
    return place.status("s").getProgress();
  }

  private Lease work(long millis) {
    Lease lease = place.take();
    place.pass(millis);
    return lease;
  }

  private void finish(long millis) {
    Lease lease = work(millis);
    place.complete(lease.workId(), lease.attempt());
  }

  private void trained(int measurements) {
    place.submit("s", sweep("s", 1, 1, measurements));
    place.completeNext();
    finish(40_000);
  }

  @Test
  void beforeAnythingWasMeasured_aMeasurementCountsAsAnEpoch() {
    trained(2);
    assertThat(progress().getShare()).isCloseTo(10 / 12.0, within(SHARE));
    assertThat(progress().getMeasurementsTotal()).isEqualTo(2);
    assertThat(progress().getMeasurementsDone()).isZero();
  }

  @Test
  void whileMeasuring_shareAndTimeLeftAreByTheTimeThatEachTook() {
    trained(2);
    finish(100_000);
    assertThat(progress().getShare()).isCloseTo(140 / 240.0, within(SHARE));
    assertThat(progress().getEtaSeconds()).isCloseTo(100, within(1.0));
    Lease second = work(25_000);
    place.renew(second, 0.25);
    assertThat(progress().getMeasurementsDone()).isEqualTo(1.25);
    assertThat(progress().getShare()).isCloseTo(165 / 240.0, within(SHARE));
    assertThat(progress().getEtaSeconds()).isCloseTo(75, within(1.0));
  }

  @Test
  void firstMeasurementThatTellsNothing_takesAtLeastAsLongAsItDid() {
    trained(1);
    Lease measurement = work(100_000);
    place.renew(measurement, 0);
    assertThat(progress().getShare()).isCloseTo(40 / 140.0, within(SHARE));
    assertThat(progress().getEtaSeconds()).isCloseTo(100, within(1.0));
  }

  @Test
  void lostAttempt_countsAgainFromItsStart() {
    trained(1);
    place.renew(work(1_000), 0.5);
    assertThat(progress().getMeasurementsDone()).isEqualTo(0.5);
    place.tick(60_000);
    Lease again = work(1_000);
    place.renew(again, 0.25);
    assertThat(progress().getMeasurementsDone()).isEqualTo(0.25);
    place.renew(again, Double.NaN);
    place.renew(again, 1.5);
    assertThat(progress().getMeasurementsDone()).isEqualTo(0.25);
  }

  @Test
  void measurementsThatWereStored_takeNoTime() {
    trained(1);
    finish(100_000);
    place.submit("again", sweep("s", 1, 1, 1));
    SweepRecord record = place.record("again");
    assertThat(record.getMeasured()).isEqualTo(Tally.WHOLE);
    assertThat(record.getMeasuredAnew()).isZero();
    assertThat(record.getMeasuringMillis()).isZero();
  }

  @Test
  void completed_allIsDone() {
    trained(1);
    place.workOff();
    assertThat(place.status("s").getPhase()).isEqualTo(Phase.COMPLETED);
    assertThat(progress().getShare()).isEqualTo(1);
    assertThat(progress().getMeasurementsDone()).isEqualTo(1);
  }
}
