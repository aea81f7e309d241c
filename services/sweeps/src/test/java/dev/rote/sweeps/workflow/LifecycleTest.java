package dev.rote.sweeps.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.WorkRecord.Status;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every pair of state and trigger, those without a transition included. */
class LifecycleTest {

  @Test
  void work_everyTrigger_leadsWhereTheTableSays() {
    assertThat(table(Status.values(), WorkLifecycle.Trigger.values(), WorkLifecycle.TABLE))
        .isEqualTo(
            """
            IDLE: WANTED>QUEUED COMPLETED>DONE
            QUEUED: UNWANTED>IDLE CLAIMED>LEASED READOPTED>LEASED COMPLETED>DONE
            LEASED: UNWANTED>IDLE GIVEN_BACK>QUEUED COMPLETED>DONE GIVEN_UP>FAILED
            DONE: RESET>IDLE
            FAILED: RESET>IDLE
            """);
  }

  @Test
  void sweep_everyTrigger_leadsWhereTheTableSays() {
    assertThat(table(Phase.values(), SweepLifecycle.Trigger.values(), SweepLifecycle.TABLE))
        .isEqualTo(
            """
            RUNNING: PAUSE>PAUSED RESUME>RUNNING CANCEL>CANCELLED TRIALS_ENDED>REPORTING BUDGET_SPENT>FAILED LOOK_FAILED>FAILED UNDECIDABLE>FAILED
            PAUSED: PAUSE>PAUSED RESUME>RUNNING CANCEL>CANCELLED LOOK_FAILED>FAILED UNDECIDABLE>FAILED
            REPORTING: RESUME>REPORTING CANCEL>CANCELLED REPORT_WRITTEN>COMPLETED REPORT_FAILED>FAILED RESULTS_GONE>RUNNING UNDECIDABLE>FAILED
            COMPLETED: RETRY>RUNNING
            FAILED: RETRY>RUNNING
            CANCELLED: CANCEL>CANCELLED RETRY>RUNNING
            """);
  }

  @Test
  void next_pairWithoutTransition_isEmpty() {
    assertThat(SweepLifecycle.next(Phase.COMPLETED, SweepLifecycle.Trigger.PAUSE)).isEmpty();
    assertThat(WorkLifecycle.next(Status.DONE, WorkLifecycle.Trigger.CLAIMED)).isEmpty();
    assertThat(WorkLifecycle.next(Status.UNSPECIFIED, WorkLifecycle.Trigger.WANTED)).isEmpty();
  }

  private static <S extends Enum<S>, T extends Enum<T>> String table(
      S[] states, T[] triggers, Map<S, Map<T, S>> table) {
    return Arrays.stream(states)
        .filter(table::containsKey)
        .map(
            state ->
                Arrays.stream(triggers)
                    .filter(trigger -> table.getOrDefault(state, Map.of()).containsKey(trigger))
                    .map(
                        trigger ->
                            String.format(
                                Locale.ROOT,
                                "%s>%s",
                                trigger,
                                table.getOrDefault(state, Map.of()).get(trigger)))
                    .collect(Collectors.joining(" ", state + ": ", "\n")))
        .collect(Collectors.joining());
  }
}
