package dev.rote.sweeps.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import dev.rote.grpcerrors.ApiException;
import dev.rote.sweeps.workflow.WorkflowView;
import dev.rote.sweeps.workflow.Workplace;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepControlRequested.Control;
import dev.rote.v1.SweepSubmitted;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;

class QuotasTest {
  private final Workplace place = new Workplace();

  /* The workplace's own time begins so. */
  private Instant now = Instant.ofEpochMilli(1_000_000);

  private void submit(String name, String owner, int cells) {
    submit(name, owner, cells, 0);
  }

  private void submit(String name, String owner, int cells, long bytes) {
    Sweep.Builder sweep = Workplace.sweep(name, cells, 4, 0).toBuilder();
    sweep.getSpecBuilder().getTrialBuilder().getDatasetBuilder().setName(name);
    place.submit(
        SweepSubmitted.newBuilder()
            .setSweepId(name)
            .setSweep(sweep)
            .setOwner(owner)
            .setMostBytes(bytes));
  }

  private void require(Quotas.Limits limits, String owner, long trials) {
    require(limits, owner, trials, 0);
  }

  private void require(Quotas.Limits limits, String owner, long trials, long bytes) {
    add(limits, owner, new Quotas.Added(1, trials, bytes));
  }

  private void add(Quotas.Limits limits, Quotas.Added added) {
    add(limits, "ada", added);
  }

  private void add(Quotas.Limits limits, String owner, Quotas.Added added) {
    new Quotas(limits, Clock.fixed(now, ZoneOffset.UTC))
        .require(new WorkflowView(place.state()), owner, added);
  }

  private static Quotas.Limits sweeps(long most) {
    return new Quotas.Limits(OptionalLong.of(most), OptionalLong.empty(), OptionalLong.empty());
  }

  private static Quotas.Limits trials(long most) {
    return new Quotas.Limits(OptionalLong.empty(), OptionalLong.of(most), OptionalLong.empty());
  }

  private static Quotas.Limits bytes(long most) {
    return new Quotas.Limits(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.of(most));
  }

  private ThrowableAssertAlternative<ApiException> assertSpent(Quotas.Limits limits, long trials) {
    return assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> require(limits, "ada", trials))
        .satisfies(
            spent -> {
              assertThat(spent.status().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED_VALUE);
              assertThat(spent.reason()).isEqualTo("QUOTA_SPENT");
              assertThat(retryIn(spent)).isPositive();
            });
  }

  private static long retryIn(ApiException spent) throws InvalidProtocolBufferException {
    for (var detail : spent.status().getDetailsList()) {
      if (detail.is(RetryInfo.class)) {
        return detail.unpack(RetryInfo.class).getRetryDelay().getSeconds();
      }
    }
    throw new AssertionError("no RetryInfo in " + spent.status());
  }

  @Test
  void sweeps_asManyAsMayBe_areRefusedUntilOneEnds() {
    submit("one", "ada", 4);
    require(sweeps(2), "ada", 4);
    submit("two", "ada", 4);
    submit("other", "eve", 4);

    assertSpent(sweeps(2), 4).withMessageContaining("ada has 2 sweeps under way and may have 2");
    require(sweeps(2), "eve", 4);
    require(Quotas.Limits.NONE, "ada", 4);
    place.control("one", Control.CANCEL);
    require(sweeps(2), "ada", 4);
    place.control("two", Control.PAUSE);
    assertSpent(sweeps(1), 4);
  }

  @Test
  void trials_beyondTheMost_areRefusedAndThoseThatEndedDoNotCount() {
    submit("one", "ada", 10);
    require(trials(20), "ada", 10);
    assertSpent(trials(20), 11)
        .withMessageContaining("ada has 10 trials under way, the sweep adds 11, and 20 may be")
        .withMessageContaining("not known yet");
    place.completeNext();
    place.completeNext();
    require(trials(20), "ada", 11);
  }

  @Test
  void trials_moreThanEverMayBe_areRefusedForGood() {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> require(trials(20), "ada", 21))
        .withMessageContaining("submit it in parts")
        .satisfies(
            refused ->
                assertThat(refused.status().getCode()).isEqualTo(Code.FAILED_PRECONDITION_VALUE));
  }

  @Test
  void bytes_beyondTheMost_areRefusedUntilASweepEnds() {
    submit("one", "ada", 4, 600);
    submit("other", "eve", 4, 1_000);
    require(bytes(1_000), "ada", 4, 400);

    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> require(bytes(1_000), "ada", 4, 401))
        .withMessageContaining(
            "sweeps of ada that are under way may leave 600 bytes in object storage, the sweep"
                + " adds 401, and 1000 may be")
        .satisfies(spent -> assertThat(retryIn(spent)).isPositive());
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> require(bytes(1_000), "ada", 4, 1_001))
        .withMessageContaining(
            "the sweep has 1001 bytes that it may leave in object storage, and ada may have 1000");
    place.control("one", Control.CANCEL);
    require(bytes(1_000), "ada", 4, 1_000);
  }

  /** As when it is submitted again with another retention. */
  @Test
  void bytes_ofASweepSubmittedAgain_areThoseItSaysThen() {
    submit("one", "ada", 4, 600);
    submit("one", "ada", 4, 900);
    require(bytes(1_000), "ada", 4, 100);
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> require(bytes(1_000), "ada", 4, 101));
  }

  @Test
  void spent_whileTrialsEnd_saysUntilWhen() throws Exception {
    submit("one", "ada", 100);
    place.completeNext();
    for (int i = 0; i < 20; i++) {
      place.pass(1_000);
      place.completeNext();
    }
    now = Instant.ofEpochMilli(1_000_000 + 21_000);

    assertSpent(sweeps(1), 4)
        .withMessageContaining("there is room at about 1970-01-01T00:1")
        .satisfies(spent -> assertThat(retryIn(spent)).isBetween(40L, 160L));
    assertSpent(trials(100), 31).satisfies(spent -> assertThat(retryIn(spent)).isBetween(5L, 30L));
  }

  @Test
  void limitsLoweredSince_whatIsNotAskedFor_isNotRefused() {
    submit("one", "ada", 10, 600);
    submit("two", "ada", 10, 600);
    Quotas.Limits lowered =
        new Quotas.Limits(OptionalLong.of(1), OptionalLong.of(15), OptionalLong.of(2_000));

    add(lowered, new Quotas.Added(0, 0, 800));

    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> add(lowered, new Quotas.Added(0, 0, 801)))
        .withMessageContaining("may leave 1200 bytes");
    add(bytes(1_000), new Quotas.Added(1, 10, 0));
  }

  @Test
  void bytes_thatCannotBeTold_areRefusedForGoodWhereThereIsALimit() {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> require(bytes(1_000), "ada", 4, Long.MAX_VALUE))
        .withMessageContaining("cannot be told")
        .withMessageContaining("16 datasets at most");
    require(sweeps(2), "ada", 4, Long.MAX_VALUE);
  }

  @Test
  void bytes_ofSweepsFromBeforeThereWasALimit_addUpWithoutOverflow() {
    submit("one", "ada", 4, Long.MAX_VALUE);
    submit("two", "ada", 4, Long.MAX_VALUE);

    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> require(bytes(1_000), "ada", 4, 1))
        .withMessageContaining("may leave " + Long.MAX_VALUE + " bytes");
  }
}
