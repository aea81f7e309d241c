package dev.rote.sweeps.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.sweeps.workflow.Workplace.Lease;
import dev.rote.v1.ClaimWorkResponse;
import dev.rote.v1.ClaimWorkResponse.Decision;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepControlRequested.Control;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.WorkRecord.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Owners take turns in queues of work, whatever lies in their topics. */
class TurnsTest {
  private final Workplace place = new Workplace();

  @BeforeEach
  void modern() {
    place.takeOther();
  }

  private static Sweep of(String name, int cells, int parallelism) {
    Sweep.Builder sweep = Workplace.sweep(name, cells, parallelism, 0).toBuilder();
    sweep.getSpecBuilder().getTrialBuilder().getDatasetBuilder().setName(name);
    return sweep.build();
  }

  /** A sweep of an owner, whose variant is made. */
  private void submit(String owner, int cells, int parallelism) {
    place.submit(owner, of(owner, cells, parallelism), owner, "");
    place.offers.removeIf(item -> item.getWorkId().equals("variant/v-" + owner));
    Lease variant =
        new Lease("variant/v-" + owner, place.claim("variant/v-" + owner, "v").getAttempt());
    place.complete(variant.workId(), variant.attempt());
  }

  /** The owner of the trial that one worker gets next, and ends. */
  private String serve() {
    while (true) {
      String asked = place.offers.remove().getWorkId();
      ClaimWorkResponse claimed = place.claim(asked, "w");
      if (claimed.getDecision() == Decision.GRANTED) {
        String granted = claimed.hasItem() ? claimed.getItem().getWorkId() : asked;
        place.complete(granted, claimed.getAttempt());
        return granted.replaceAll("^trial/(\\w+)-\\d+$", "$1");
      }
    }
  }

  private Map<String, Integer> serve(int times) {
    Map<String, Integer> served = new TreeMap<>();
    for (int i = 0; i < times; i++) {
      served.merge(serve(), 1, Integer::sum);
    }
    return served;
  }

  @Test
  void claims_ofOneWorkerForTwoOwnersOfAHundredTrials_areSharedFairly() {
    submit("ada", 100, 100);
    submit("eve", 100, 100);

    Map<String, Integer> served = serve(50);
    assertThat(served.get("ada")).isBetween(23, 27);
    assertThat(served.get("eve")).isBetween(23, 27);
    assertThat(serve(100).get("eve")).isBetween(45, 55);
    place.workOff();
    assertThat(place.status("ada").getPhase()).isEqualTo(Phase.COMPLETED);
    assertThat(place.status("eve").getPhase()).isEqualTo(Phase.COMPLETED);
    assertThat(place.state.count("queued/") + place.state.count("turns/")).isZero();
  }

  @Test
  void claims_ofManyWorkersForOwnersOfDifferentWidths_areSharedFairly() {
    submit("ada", 200, 200);
    submit("bob", 200, 10);
    submit("eve", 200, 3);

    assertThat(serve(90).values()).allSatisfy(served -> assertThat(served).isBetween(27, 33));
  }

  @Test
  void claims_ofOneOwner_areGrantedInTheOrderOfOffers() {
    submit("ada", 20, 20);
    List<String> asked = new ArrayList<>();
    List<String> granted = new ArrayList<>();
    while (granted.size() < 20) {
      asked.add(place.offers.element().getWorkId());
      granted.add(place.take().workId());
    }

    assertThat(granted).isEqualTo(asked);
  }

  @Test
  void owner_whoComesLater_hasSavedNothingUpAndLosesNothing() {
    submit("ada", 200, 200);
    serve(60);
    submit("eve", 100, 100);

    assertThat(serve(40).get("eve")).isBetween(18, 22);
    place.control("eve", Control.PAUSE);
    assertThat(serve(20)).containsOnlyKeys("ada");
    place.control("eve", Control.RESUME);
    assertThat(serve(40).get("eve")).isBetween(18, 22);
  }

  @Test
  void worker_thatCanNotBeGrantedOther_getsWhatItAsksFor() {
    Workplace old = new Workplace();
    old.submit("ada", of("ada", 4, 4), "ada", "");
    old.submit("eve", of("eve", 4, 4), "eve", "");
    old.completeNext();
    old.completeNext();
    for (int i = 1; i <= 4; i++) {
      ClaimWorkResponse claimed = old.claim("trial/ada-" + i, "w");
      assertThat(claimed.getDecision()).isEqualTo(Decision.GRANTED);
      assertThat(claimed.hasItem()).isFalse();
    }
  }

  @Test
  void claim_repeatedUnderItsId_repeatsWhatItWasGrantedInPlace() {
    submit("ada", 4, 4);
    submit("eve", 4, 4);
    assertThat(place.claim("trial/ada-1", "w").hasItem()).isFalse();
    ClaimWorkResponse first = place.claim("trial/ada-2", "w", "claim");

    assertThat(first.getItem().getWorkId()).isEqualTo("trial/eve-1");
    assertThat(place.claim("trial/ada-2", "w", "claim")).isEqualTo(first);
    assertThat(place.work("trial/ada-2").getStatus()).isEqualTo(Status.QUEUED);
    assertThat(place.offers.getLast().getWorkId()).isEqualTo("trial/ada-2");
    assertThat(place.claim("trial/eve-1", "w").getDecision()).isEqualTo(Decision.LEASED);
  }

  @Test
  void work_thatWaitsAfterAFailure_isNotGrantedInPlaceOfOther() {
    submit("ada", 4, 4);
    submit("eve", 1, 1);
    assertThat(place.claim("trial/ada-1", "w").hasItem()).isFalse();
    place.fail("trial/eve-1", place.claim("trial/eve-1", "w").getAttempt(), "UNAVAILABLE", true);

    for (String asked : List.of("trial/ada-2", "trial/ada-3")) {
      ClaimWorkResponse claimed = place.claim(asked, "w");
      assertThat(claimed.getDecision()).isEqualTo(Decision.GRANTED);
      assertThat(claimed.hasItem()).isFalse();
    }
    place.tick(5_000);
    assertThat(place.claim("trial/ada-4", "w").getItem().getWorkId()).isEqualTo("trial/eve-1");
  }

  @Test
  void work_thatCannotBeRead_costsNobodyElseATurn() {
    submit("ada", 4, 4);
    submit("eve", 4, 4);
    assertThat(place.claim("trial/ada-1", "w").hasItem()).isFalse();
    place.state.entries().put(Keys.work("trial/eve-1"), new byte[] {10, 100, 1});

    ClaimWorkResponse claimed = place.claim("trial/ada-2", "w");
    assertThat(claimed.getItem().getWorkId()).isEqualTo("trial/eve-2");
    assertThat(place.status("ada").getPhase()).isEqualTo(Phase.RUNNING);
    assertThat(place.status("eve").getPhase()).isEqualTo(Phase.RUNNING);
  }

  @Test
  void owners_ofOneFamilyOfNumerics_takeTurnsWhicheverIsSettledFirst() {
    place.numerics("family-1");
    submit("ada", 100, 100);
    assertThat(serve(10)).containsOnlyKeys("ada");
    submit("eve", 100, 100);

    assertThat(serve(40).get("eve")).isBetween(18, 22);
  }

  @Test
  void worker_ofAnotherFamily_isNotGrantedWhatIsNotForIt() {
    place.numerics("family-1");
    submit("ada", 10, 10);
    serve(2);
    place.numerics("family-2");
    submit("eve", 10, 10);
    serve(2);
    for (int i = 3; i <= 8; i++) {
      ClaimWorkResponse claimed = place.claim("trial/eve-" + i, "w");
      assertThat(claimed.getDecision()).isEqualTo(Decision.GRANTED);
      assertThat(claimed.hasItem()).isFalse();
    }
  }
}
