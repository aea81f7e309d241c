package dev.rote.workqueue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.artifacts.HostTrouble;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class WorkerHealthTest {
  private final AtomicLong now = new AtomicLong();
  private final WorkerHealth health = new WorkerHealth(now::get);

  @Test
  void workerThatTakesWorkAgain_isReady_andTellsItsTroubleUntilWorkGoesWell() {
    HostTrouble full = new HostTrouble(HostTrouble.Kind.DISK_FULL, "no room");
    health.hindrance().met("trial/a", full, false);
    assertThat(health.readiness().call().getStatus()).isEqualTo(Status.DOWN);

    now.addAndGet(Duration.ofSeconds(31).toNanos());
    HealthCheckResponse again = health.readiness().call();
    assertThat(again.getStatus())
        .as("with nothing to do it would never be, else")
        .isEqualTo(Status.UP);
    assertThat(again.getData().orElseThrow()).containsEntry("reason", "DISK_FULL");

    health.hindrance().worked();
    assertThat(health.readiness().call().getData().orElseThrow()).isEmpty();
  }
}
