package dev.rote.sweeps.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.grpcerrors.ApiException;
import dev.rote.sweeps.workflow.WorkKinds;
import dev.rote.sweeps.workflow.WorkflowView;
import dev.rote.sweeps.workflow.Workplace;
import dev.rote.v1.Sweep;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WorkflowMetersTest {
  private final Workplace place = new Workplace();
  private final AtomicLong nanos = new AtomicLong();

  private WorkflowView view() {
    return new WorkflowView(place.state());
  }

  /** A service that has just started on the state that is there. */
  private SimpleMeterRegistry restarted() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    new WorkflowMeters(this::view, nanos::get).bindTo(registry);
    return registry;
  }

  private static double work(SimpleMeterRegistry registry, String kind, String state) {
    return registry.get("rote.work").tags("kind", kind, "state", state).gauge().value();
  }

  private static double outstanding(SimpleMeterRegistry registry, String kind) {
    return registry.get("rote.work.outstanding").tags("kind", kind).gauge().value();
  }

  private static double trials(SimpleMeterRegistry registry, String state) {
    return registry.get("rote.trials").tags("state", state).gauge().value();
  }

  @Test
  void work_queuedAndLeased_isTheOutstandingWork() {
    place.submit("s", Workplace.sweep("s", 20, 5, 0));
    place.completeNext();
    place.take();
    SimpleMeterRegistry registry = restarted();
    assertThat(work(registry, "trial", "queued")).isEqualTo(4);
    assertThat(work(registry, "trial", "leased")).isEqualTo(1);
    assertThat(outstanding(registry, "trial")).isEqualTo(5);
    assertThat(outstanding(registry, "variant")).isZero();
    assertThat(trials(registry, "running")).isEqualTo(5);
    assertThat(trials(registry, "pending")).isEqualTo(15);
  }

  @Test
  void trials_sweepsThatEnded_areCountedByANewProcess() {
    place.submit("a", Workplace.sweep("a", 3, 3, 0));
    place.workOff();
    Sweep.Builder other = Workplace.sweep("b", 4, 2, 0).toBuilder();
    other.getSpecBuilder().getTrialBuilder().getDatasetBuilder().setName("other");
    place.submit("b", other.build());
    SimpleMeterRegistry registry = restarted();
    assertThat(registry.get("rote.trials.completed").functionCounter().count()).isEqualTo(3);
    assertThat(trials(registry, "done")).isEqualTo(3);
    assertThat(registry.get("rote.sweeps").tags("phase", "completed").gauge().value()).isEqualTo(1);
    assertThat(registry.get("rote.sweeps").tags("phase", "running").gauge().value()).isEqualTo(1);
    assertThat(registry.get("rote.sweeps").tags("phase", "failed").gauge().value()).isZero();
  }

  @Test
  void value_withinAScrape_isOfOneMoment() {
    place.submit("s", Workplace.sweep("s", 3, 3, 0));
    SimpleMeterRegistry registry = restarted();
    assertThat(outstanding(registry, "variant")).isEqualTo(1);
    place.workOff();
    assertThat(outstanding(registry, "variant")).isEqualTo(1);
    nanos.addAndGet(Duration.ofSeconds(3).toNanos());
    assertThat(outstanding(registry, "variant")).isZero();
    assertThat(trials(registry, "done")).isEqualTo(3);
  }

  @Test
  void value_withoutState_isUnknown() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    new WorkflowMeters(
            () -> {
              throw ApiException.unavailable("the workflow's state is being loaded", null);
            },
            nanos::get)
        .bindTo(registry);
    assertThat(outstanding(registry, "trial")).isNaN();
    assertThat(registry.get("rote.trials.completed").functionCounter().count()).isZero();
  }

  @Test
  void kinds_ofAllWork_haveMeters() {
    place.submit("s", Workplace.sweep("s", 3, 3, 2));
    place.workOff();
    assertThat(WorkKinds.words())
        .containsExactly("variant", "trial", "measurement", "report", "prune", "look")
        .containsAll(view().work().keySet());
    assertThat(view().work()).containsKeys("variant", "trial", "measurement", "report");
  }
}
