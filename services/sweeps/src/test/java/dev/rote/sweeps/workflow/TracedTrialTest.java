package dev.rote.sweeps.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.sweeps.workflow.Workplace.Lease;
import dev.rote.v1.DynamicsMeasure;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.MissingArtifact;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.WorkFailed.Remedy;
import dev.rote.v1.WorkItem;
import org.junit.jupiter.api.Test;

/** Trials that a sweep needs with their trace, where others trained them without. */
class TracedTrialTest {
  private final Workplace place = new Workplace();

  private static Sweep plain(String name) {
    return Workplace.sweep(name, 1, 1, 1);
  }

  private static Sweep traced(String name) {
    Sweep.Builder sweep = Workplace.sweep(name, 1, 1, 0).toBuilder();
    sweep
        .getSpecBuilder()
        .addMeasurements(
            MeasurementSpec.newBuilder()
                .setName("d")
                .setDynamics(DynamicsMeasure.getDefaultInstance()));
    return sweep.build();
  }

  private WorkItem nextTrial() {
    while (!place.offers.element().hasTrainTrial()) {
      place.completeNext();
    }
    return place.offers.element();
  }

  private void assertCompleted(String sweep) {
    assertThat(place.status(sweep).getPhase()).isEqualTo(Phase.COMPLETED);
  }

  @Test
  void train_measurementOfTheTrace_asksForIt() {
    place.submit("t", traced("t"));
    assertThat(nextTrial().getTrainTrial().getTrace()).isTrue();
    place.workOff();
    assertThat(place.work("trial/data-1").getTraced()).isTrue();
    assertCompleted("t");
  }

  @Test
  void train_noMeasurementOfTheTrace_doesNotAskForIt() {
    place.submit("p", plain("p"));
    assertThat(nextTrial().getTrainTrial().getTrace()).isFalse();
    place.workOff();
    assertThat(place.work("trial/data-1").getTraced()).isFalse();
  }

  @Test
  void train_trialThatIsDoneWithoutATrace_isAskedForAgain() {
    place.submit("p", plain("p"));
    place.workOff();
    place.submit("t", traced("t"));
    assertThat(nextTrial().getTrainTrial().getTrace()).isTrue();
    place.workOff();
    assertThat(place.work("trial/data-1").getAttempt()).isEqualTo(2);
    assertCompleted("t");
    place.submit("again", traced("again"));
    place.workOff();
    assertThat(place.work("trial/data-1").getAttempt()).isEqualTo(2);
    assertCompleted("again");
    place.submit("plain-again", plain("plain-again"));
    place.workOff();
    assertThat(place.work("trial/data-1").getAttempt()).isEqualTo(2);
    assertThat(place.work("trial/data-1").getTraced()).isTrue();
  }

  /** No attempt of the measurement is spent on finding it out. */
  @Test
  void train_trialUnderWayWithoutATrace_isAskedForAgainAfterIt() {
    place.submit("p", plain("p"));
    place.completeNext();
    Lease trial = place.take();
    place.submit("t", traced("t"));
    place.complete(trial.workId(), trial.attempt());
    assertThat(place.status("p").getPhase()).isEqualTo(Phase.RUNNING);
    WorkItem again = nextTrial();
    assertThat(again.getTrainTrial().getTrace()).isTrue();
    place.workOff();
    assertThat(place.work("measurement/data-1-m0").getAttempt()).isEqualTo(1);
    assertCompleted("p");
    assertCompleted("t");
    for (String sweep : new String[] {"p", "t"}) {
      assertThat(place.status(sweep).getProgress().getEpochsDone())
          .isEqualTo(place.status(sweep).getProgress().getEpochsTotal());
    }
  }

  @Test
  void remake_traceThatIsGone_hasTheTrialTrainedAgain() {
    place.submit("t", traced("t"));
    place.completeNext();
    place.completeNext();
    place.fail(
        place.take(),
        Remedy.REMAKE,
        MissingArtifact.newBuilder()
            .setTrialId("data-1")
            .setKey("trials/data-1/trace/0000001/00000")
            .build());
    assertThat(nextTrial().getTrainTrial().getTrace()).isTrue();
    place.workOff();
    assertThat(place.work("trial/data-1").getAttempt()).isEqualTo(2);
    assertCompleted("t");
  }
}
