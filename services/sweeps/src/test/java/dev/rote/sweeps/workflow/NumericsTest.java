package dev.rote.sweeps.workflow;

import static dev.rote.sweeps.workflow.Workplace.sweep;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.spec.Ids;
import dev.rote.spec.TrialId;
import dev.rote.sweeps.workflow.Workplace.Lease;
import dev.rote.v1.ClaimWorkResponse.Decision;
import dev.rote.v1.MissingArtifact;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepControlRequested.Control;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.WorkFailed.Remedy;
import dev.rote.v1.WorkItem;
import dev.rote.v1.WorkRecord;
import dev.rote.v1.WorkRecord.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers of several families of numerics serve one log: no sweep mixes them. */
class NumericsTest {
  private static final String CPU = "avx512-onednn-openblas-zen";
  private static final String CARD = "cuda-13.0-sm90";

  private final Workplace place = new Workplace();

  private static Sweep of(String name, int cells, int measurements) {
    return sweep(name, cells, 2, measurements);
  }

  private static Sweep of(String name, int cells, int measurements, String numerics) {
    Sweep.Builder sweep = of(name, cells, measurements).toBuilder();
    sweep.getSpecBuilder().setNumerics(numerics);
    return sweep.build();
  }

  private static String within(String trial, String family) {
    return "trial/" + Ids.trialIdWithin(new TrialId(trial), family);
  }

  private void workOffAs(String family) {
    place.numerics(family);
    place.workOff();
  }

  /** Asks for all that is offered as workers of a family, over some time. */
  private void workOnAs(String family, long millis) {
    for (long passed = 0; passed < millis; passed += 10_000) {
      workOffAs(family);
      place.tick(10_000);
    }
  }

  private void assertCompleted(String id, int cells, String family) {
    assertThat(place.status(id).getPhase()).as(id).isEqualTo(Phase.COMPLETED);
    assertThat(place.status(id).getCounts().getDone()).as(id).isEqualTo(cells);
    assertThat(place.status(id).getNumerics()).as(id).isEqualTo(family);
    assertThat(place.status(id).getWaitingFor()).as(id).isEmpty();
  }

  private void assertNothingLeft() {
    assertThat(
            place.state.count("cell/")
                + place.state.count("wait/")
                + place.state.count("numerics/"))
        .isZero();
    place
        .clock()
        .getWorkMap()
        .forEach((kind, work) -> assertThat(work.getQueued() + work.getLeased()).as(kind).isZero());
  }

  /** Ends the variant, which is nobody's. */
  private void corrupted() {
    place.numerics("");
    place.completeNext();
  }

  @Test
  void default_isTheFamilyOfTheFirstClaim_andOthersGetNothing() {
    place.submit("a", of("a", 4, 1));
    corrupted();
    assertThat(place.status("a").getNumerics()).isEmpty();
    place.numerics(CPU);
    Lease first = place.take();
    assertThat(place.status("a").getNumerics()).isEqualTo(CPU);
    place.numerics(CARD);
    WorkItem second = place.offers.remove();
    assertThat(place.claim(second.getWorkId(), "w").getDecision())
        .isEqualTo(Decision.OTHER_VERSIONS);
    // The next to ask may be of the family: it is offered again at once, but not for ever.
    for (int i = 0; i < 3; i++) {
      assertThat(place.offers.remove().getWorkId()).isEqualTo(second.getWorkId());
      assertThat(place.claim(second.getWorkId(), "w").getDecision())
          .isEqualTo(Decision.OTHER_VERSIONS);
    }
    assertThat(place.offers).isEmpty();
    assertThat(place.work(second.getWorkId()).getAttempt()).isZero();
    // A worker of the family is there: nothing to say.
    assertThat(place.status("a").getWaitingFor()).isEmpty();
    place.complete(first.workId(), first.attempt());
    WorkItem measurement = place.offers.remove();
    assertThat(measurement.hasMeasureTrial()).isTrue();
    assertThat(place.claim(measurement.getWorkId(), "w").getDecision())
        .isEqualTo(Decision.OTHER_VERSIONS);
    workOnAs(CPU, 400_000);
    assertCompleted("a", 4, CPU);
    assertNothingLeft();
  }

  @Test
  void sweepOfAFamilyWithoutWorkers_saysSoAndGoesOnWhenOneComes() {
    place.announce("trial", CARD);
    place.submit("a", of("a", 3, 1, CPU));
    String sentence =
        "no trial worker of the numerics %s is there (there: %s): it goes on when one is started";
    assertThat(place.status("a").getWaitingFor()).isEqualTo(sentence.formatted(CPU, CARD));
    corrupted();
    workOnAs(CARD, 3_600_000);
    assertThat(place.status("a").getPhase()).isEqualTo(Phase.RUNNING);
    assertThat(place.status("a").getWaitingFor()).isEqualTo(sentence.formatted(CPU, CARD));
    assertThat(place.status("a").getCounts().getRunning()).isEqualTo(2);
    assertThat(place.work("trial/data-1").getAttempt()).isZero();
    workOnAs(CPU, 400_000);
    assertCompleted("a", 3, CPU);
    assertNothingLeft();
  }

  @Test
  void sweepThatWaitsForAFamily_isCancelledAsAnyOther() {
    place.submit("a", of("a", 3, 1, CPU));
    corrupted();
    workOnAs(CARD, 60_000);
    place.control("a", Control.CANCEL);
    assertThat(place.status("a").getPhase()).isEqualTo(Phase.CANCELLED);
    assertThat(place.status("a").getWaitingFor()).isEmpty();
    place.tick(400_000);
    assertNothingLeft();
  }

  @Test
  void any_takesOneFamilyForAll_atAdmission() {
    place.announce("trial", CARD);
    place.announce("measurement", CARD);
    place.announce("trial", CPU);
    place.submit("a", of("a", 3, 1, "any"));
    // The one that can measure, too.
    assertThat(place.status("a").getNumerics()).isEqualTo(CARD);
    workOnAs(CPU, 60_000);
    assertThat(place.status("a").getCounts().getDone()).isZero();
    workOnAs(CARD, 400_000);
    assertCompleted("a", 3, CARD);
    assertNothingLeft();
  }

  @Test
  void any_whereNobodyIsThere_waitsAndBeginsWhenOneIs() {
    place.announce("trial", CARD);
    place.silence(200_000);
    place.submit("a", of("a", 3, 1, "any"));
    assertThat(place.status("a").getNumerics()).isEmpty();
    assertThat(place.status("a").getWaitingFor())
        .isEqualTo(
            "no trial worker is there whose numerics could be taken (numerics: any): it begins when"
                + " one is started");
    assertThat(place.offers).isEmpty();
    place.announce("measurement", CPU);
    assertThat(place.status("a").getNumerics()).isEmpty();
    place.announce("trial", CPU);
    assertThat(place.status("a").getNumerics()).isEqualTo(CPU);
    assertThat(place.status("a").getWaitingFor()).isEmpty();
    workOnAs(CPU, 60_000);
    assertCompleted("a", 3, CPU);
    assertNothingLeft();
  }

  @Test
  void any_thatIsCancelledWhileItWaits_isForgotten() {
    place.submit("a", of("a", 3, 1, "any"));
    place.control("a", Control.CANCEL);
    place.announce("trial", CPU);
    assertThat(place.status("a").getNumerics()).isEmpty();
    assertNothingLeft();
  }

  @Test
  void trialOfTwoFamilies_isMadeTwice_theFirstKeepsItsId() {
    place.submit("a", of("a", 2, 1, CPU));
    place.submit("b", of("b", 2, 1, CARD));
    corrupted();
    Set<String> offered = new TreeSet<>();
    place.offers.forEach(item -> offered.add(item.getWorkId()));
    assertThat(offered)
        .contains("trial/data-1", "trial/data-2", within("data-1", CARD), within("data-2", CARD));
    WorkItem second =
        place.offers.stream()
            .filter(item -> item.getWorkId().equals(within("data-1", CARD)))
            .findFirst()
            .orElseThrow();
    assertThat(second.getTrainTrial().getNumerics()).isEqualTo(CARD);
    assertThat(second.getWorkId()).isEqualTo("trial/" + second.getTrainTrial().getTrialId());
    for (int round = 0; round < 40; round++) {
      place.numerics(round % 2 == 0 ? CPU : CARD);
      place.workOff();
      place.tick(10_000);
    }
    assertCompleted("a", 2, CPU);
    assertCompleted("b", 2, CARD);
    assertThat(place.work("trial/data-1").getNumerics()).isEqualTo(CPU);
    assertThat(place.work(within("data-1", CARD)).getNumerics()).isEqualTo(CARD);
    assertNothingLeft();
  }

  @Test
  void resultsOfAFamily_areReusedByASweepThatItsWorkersTake() {
    place.submit("a", of("a", 3, 1));
    corrupted();
    workOffAs(CPU);
    assertCompleted("a", 3, CPU);
    place.submit("b", of("b", 3, 1));
    place.numerics(CARD);
    // Workers of the family that has the results come first while they are there.
    String placeholder = place.offers.remove().getWorkId();
    assertThat(place.claim(placeholder, "w").getDecision()).isEqualTo(Decision.OTHER_VERSIONS);
    assertThat(place.status("b").getNumerics()).isEmpty();
    workOnAs(CPU, 60_000);
    assertCompleted("b", 3, CPU);
    assertThat(place.status("b").getCounts().getReused()).isEqualTo(3);
    assertNothingLeft();
  }

  @Test
  void resultsOfAFamilyThatIsGone_areMadeAnewByAnother() {
    place.submit("a", of("a", 3, 1));
    corrupted();
    workOffAs(CPU);
    place.silence(3_600_000);
    place.submit("b", of("b", 3, 1));
    workOnAs(CARD, 60_000);
    assertCompleted("b", 3, CARD);
    assertThat(place.status("b").getCounts().getReused()).isZero();
    assertThat(place.work(within("data-2", CARD)).getStatus()).isEqualTo(Status.DONE);
    assertThat(place.work("trial/data-2").getNumerics()).isEqualTo(CPU);
    assertNothingLeft();
  }

  @Test
  void trialThatOthersHaveInTheBucket_isMadeUnderTheIdWithin_andCostsNoAttempt() {
    place.submit("a", of("a", 2, 1));
    corrupted();
    place.numerics(CPU);
    Lease lease = place.take();
    place.taken(lease, CARD);
    WorkRecord own = place.work(lease.workId());
    assertThat(own.getNumerics()).isEqualTo(CARD);
    assertThat(own.getStatus()).isEqualTo(Status.IDLE);
    assertThat(place.work(within("data-1", CPU)).getSpent()).isZero();
    workOnAs(CPU, 400_000);
    assertCompleted("a", 2, CPU);
    assertThat(place.work(within("data-1", CPU)).getStatus()).isEqualTo(Status.DONE);
    assertThat(place.work("trial/data-2").getNumerics()).isEqualTo(CPU);
    assertNothingLeft();
  }

  @Test
  void workersFromBefore_workForSweepsThatAreNotSettled_alone() {
    place.submit("a", of("a", 3, 1));
    place.completeNext();
    Lease old = place.take();
    assertThat(place.status("a").getNumerics()).isEmpty();
    place.numerics(CPU);
    Lease named = place.take();
    assertThat(place.status("a").getNumerics()).isEqualTo(CPU);
    place.numerics("");
    place.complete(old.workId(), old.attempt());
    WorkItem measurement = place.offers.remove();
    assertThat(place.claim(measurement.getWorkId(), "w").getDecision())
        .isEqualTo(Decision.OTHER_VERSIONS);
    place.complete(named.workId(), named.attempt());
    workOnAs(CPU, 400_000);
    assertCompleted("a", 3, CPU);
    assertNothingLeft();
  }

  @Test
  void resultsFromBefore_areLookedAtAgainByASweepThatIsSettled() {
    place.submit("a", of("a", 2, 1));
    place.workOff();
    assertThat(place.status("a").getPhase()).isEqualTo(Phase.COMPLETED);
    int attempts = place.work("trial/data-1").getAttempt();
    place.submit("b", of("b", 2, 1, CPU));
    workOnAs(CPU, 60_000);
    assertCompleted("b", 2, CPU);
    assertThat(place.work("trial/data-1").getAttempt()).isEqualTo(attempts + 1);
    assertThat(place.work("trial/data-1").getNumerics()).isEqualTo(CPU);
    assertNothingLeft();
  }

  @Test
  void measurementThatMeetsATrialOfOthers_hasItMadeInItsFamily() {
    place.submit("a", of("a", 1, 1));
    place.completeNext();
    // A worker from before trains it, in whatever numerics.
    place.completeNext();
    place.numerics(CPU);
    Lease measuring = place.take();
    assertThat(place.status("a").getNumerics()).isEqualTo(CPU);
    place.fail(
        measuring,
        Remedy.REMAKE,
        MissingArtifact.newBuilder().setTrialId("data-1").setKey("trials/data-1/result").build());
    Lease again = place.take();
    assertThat(again.workId()).isEqualTo("trial/data-1");
    place.taken(again, CARD);
    workOnAs(CPU, 60_000);
    assertCompleted("a", 1, CPU);
    assertThat(place.work(within("data-1", CPU)).getStatus()).isEqualTo(Status.DONE);
    assertNothingLeft();
  }

  /**
   * Sweeps that share trials, workers that come and go, and every piece of work done as claimed.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void sharedTrials_byWorkersOfThreeFamilies_areNeverMixed(long seed) {
    RandomGenerator random = new java.util.SplittableRandom(seed);
    List<String> families = List.of(CPU, CARD, "reference");
    List<String> sweeps = new ArrayList<>();
    String[] written = {"", "", "any", CPU, CARD, "reference"};
    record Done(String workId, String family) {}
    List<Done> done = new ArrayList<>();
    for (int round = 0; round < 600; round++) {
      if (round % 25 == 0 && sweeps.size() < 8) {
        String id = "s" + sweeps.size();
        String numerics = written[random.nextInt(written.length)];
        Sweep.Builder sweep = of(id, 2 + random.nextInt(4), random.nextInt(3)).toBuilder();
        if (!numerics.isEmpty()) {
          sweep.getSpecBuilder().setNumerics(numerics);
        }
        place.submit(id, sweep.build());
        sweeps.add(id);
      }
      String family = families.get(random.nextInt(3));
      place.numerics(family);
      if (random.nextInt(3) == 0) {
        place.announce(random.nextBoolean() ? "trial" : "measurement", family);
      }
      if (!place.offers.isEmpty()) {
        String work = place.offers.remove().getWorkId();
        var claimed = place.claim(work, "w");
        if (claimed.getDecision() == Decision.GRANTED) {
          if (work.startsWith("trial/") || work.startsWith("measurement/")) {
            done.add(new Done(work, family));
          }
          place.complete(work, claimed.getAttempt());
        }
      }
      place.tick(random.nextInt(4) * 1_000L);
    }
    for (int round = 0; round < 200; round++) {
      workOnAs(families.get(round % 3), 10_000);
    }
    for (Done one : done) {
      assertThat(place.work(one.workId()).getNumerics()).as(one.workId()).isEqualTo(one.family());
    }
    for (String id : sweeps) {
      assertThat(place.status(id).getPhase()).as(id).isEqualTo(Phase.COMPLETED);
      assertThat(families).as(id).contains(place.status(id).getNumerics());
      String wanted = place.spec(id).getSpec().getNumerics();
      if (families.contains(wanted)) {
        assertThat(place.status(id).getNumerics()).isEqualTo(wanted);
      }
    }
    assertNothingLeft();
  }
}
