package dev.rote.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.grpcerrors.ApiException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefusalsTest {
  private static Outcome told(ApiException failure) {
    return Refusals.of(failure.told(), null);
  }

  @Test
  void quota_thatIsSpent_isARefusalThatPasses() {
    Outcome outcome =
        told(ApiException.quotaSpent("ada has 50 sweeps under way", Duration.ofMinutes(3)));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo("QUOTA_SPENT");
              assertThat(refused.message()).contains("ada has 50 sweeps under way");
              assertThat(refused.lasting()).isFalse();
            });
  }

  @Test
  void service_thatIsBusy_isOutOfReach() {
    assertThat(told(ApiException.exhausted("all slots are taken", Duration.ofSeconds(1))))
        .isInstanceOf(Outcome.Unreachable.class);
  }
}
