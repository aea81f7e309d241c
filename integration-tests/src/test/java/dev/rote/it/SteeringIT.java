package dev.rote.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rote.grpcerrors.ApiErrors;
import dev.rote.testkit.Laboratory;
import dev.rote.v1.CancelSweepRequest;
import dev.rote.v1.PauseSweepRequest;
import dev.rote.v1.ResumeSweepRequest;
import dev.rote.v1.RetryFailedRequest;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.SweepStatus.Phase;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pause, resume, cancel and retry. */
@ExtendWith(SharedLaboratory.class)
class SteeringIT {

  @Test
  void shouldFindTheSameWhenPausedAndResumed(Laboratory laboratory) throws Exception {
    String text = TinySweep.longer("paused", 41);
    String id = laboratory.submit(text).getSweep().getStatus().getSweepId();
    laboratory.await(id, status -> status.getProgress().getEpochsDone() >= 5);
    SweepStatus paused =
        laboratory
            .sweeps()
            .pauseSweep(PauseSweepRequest.newBuilder().setSweep(id).build())
            .getStatus();
    assertThat(paused.getPhase()).isEqualTo(Phase.PAUSED);
    assertThat(paused.getCounts().getDone()).isLessThan(4);
    laboratory.sweeps().resumeSweep(ResumeSweepRequest.newBuilder().setSweep(id).build());
    Sweep ended = laboratory.awaitEnd(id);
    assertThat(ended.getStatus().getPhase()).isEqualTo(Phase.COMPLETED);
    assertThat(ended.getStatus().getCounts().getDone()).isEqualTo(4);
    Map<String, Object> findings = laboratory.findings(ended);
    assertThat(findings).hasSize(16);
  }

  @Test
  void shouldRunOnlyWhatIsMissingWhenCancelledAndRetried(Laboratory laboratory) throws Exception {
    String id =
        laboratory.submit(TinySweep.longer("cancelled", 51)).getSweep().getStatus().getSweepId();
    laboratory.await(id, status -> status.getProgress().getEpochsDone() >= 5);
    laboratory.sweeps().cancelSweep(CancelSweepRequest.newBuilder().setSweep(id).build());
    Sweep cancelled = laboratory.awaitEnd(id);
    assertThat(cancelled.getStatus().getPhase()).isEqualTo(Phase.CANCELLED);
    assertThat(cancelled.getStatus().getCounts().getCancelled()).isPositive();

    laboratory.sweeps().retryFailed(RetryFailedRequest.newBuilder().setSweep(id).build());
    Sweep ended = laboratory.awaitEnd(id);
    assertThat(ended.getStatus().getPhase()).isEqualTo(Phase.COMPLETED);
    assertThat(ended.getStatus().getCounts().getDone()).isEqualTo(4);
  }

  @Test
  void shouldSayTheStateWhenAnEndedSweepIsPaused(Laboratory laboratory) throws Exception {
    laboratory.run(TinySweep.named("ended", 61, 1));
    StatusRuntimeException refused =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                laboratory
                    .sweeps()
                    .pauseSweep(PauseSweepRequest.newBuilder().setSweep("ended").build()));
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(ApiErrors.describe(refused)).contains("COMPLETED");
  }
}
