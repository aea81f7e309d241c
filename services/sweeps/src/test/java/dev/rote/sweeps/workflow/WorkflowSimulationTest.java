package dev.rote.sweeps.workflow;

import static dev.rote.sweeps.workflow.Workplace.sweep;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.sweeps.workflow.Workplace.Lease;
import dev.rote.v1.ClaimWorkResponse;
import dev.rote.v1.Look;
import dev.rote.v1.RenewLeaseResponse.Order;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepControlRequested.Control;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.TrialCounts;
import dev.rote.v1.TrialResult;
import dev.rote.v1.WorkCounts;
import dev.rote.v1.WorkItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Workers and users that do anything in any order: every trial is counted exactly once, and all
 * sums are what counting anew over cells and work gives.
 */
class WorkflowSimulationTest {
  /** Epochs that a diverged trial lacks. */
  private static final int SHORTER = 7;

  /** All is counted anew after so many events. */
  private static final int EVENTS_UNCOUNTED = 10;

  private static final List<String> SWEEPS = List.of("a", "b");

  private final Workplace place = new Workplace();
  private final List<Lease> leases = new ArrayList<>();
  private final List<Lease> ended = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233})
  void anyInterleaving_everyTrialCountedOnce(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    // Two sweeps that share half of their trials.
    place.submit("a", sweep("a", 30, 1 + random.nextInt(6), random.nextInt(3)));
    var second = sweep("b", 45, 1 + random.nextInt(6), random.nextInt(3)).toBuilder();
    second.getSpecBuilder().getFailureBudgetBuilder().setFailedTrials(random.nextInt(50));
    place.submit("b", second.build());
    for (int step = 0; step < 2_000; step++) {
      act(random);
      SWEEPS.forEach(this::checkCounts);
      if (step % EVENTS_UNCOUNTED == 0) {
        SWEEPS.forEach(id -> assertThat(place.record(id)).isEqualTo(Recount.of(place, id)));
        checkOutstanding();
      }
    }
    for (int round = 0; round < 100 && !SWEEPS.stream().allMatch(this::completed); round++) {
      SWEEPS.forEach(id -> place.control(id, Control.RESUME));
      SWEEPS.forEach(id -> place.control(id, Control.RETRY_FAILED));
      place.tick(40_000);
      place.workOff();
    }
    checkEnd("a", 30);
    checkEnd("b", 45);
    assertThat(place.state.count("cell/") + place.state.count("wait/")).isZero();
    assertThat(place.state.count("ended/")).isEqualTo(place.status("b").getCounts().getFailed());
    place
        .clock()
        .getWorkMap()
        .forEach((kind, work) -> assertThat(work.getQueued() + work.getLeased()).isZero());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597})
  void anyInterleaving_repeatingSweep_takesTheLooksOfAnUndisturbedOne(long seed) {
    Sweep sweep = repeating("r");
    Workplace undisturbed = new Workplace();
    undisturbed.submit("r", sweep);
    undisturbed.workOff();
    assertThat(undisturbed.status("r").getPhase()).isEqualTo(Phase.COMPLETED);
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    place.submit("r", sweep);
    for (int step = 0; step < 3_000; step++) {
      act(random, List.of("r"));
      checkCounts("r");
      if (random.nextInt(50) == 0) {
        place.restart(Workplace::plan);
      }
      if (step % EVENTS_UNCOUNTED == 0) {
        assertThat(place.record("r")).isEqualTo(Recount.of(place, "r"));
        checkOutstanding();
      }
    }
    for (int round = 0; round < 100 && !completed("r"); round++) {
      place.control("r", Control.RESUME);
      place.control("r", Control.RETRY_FAILED);
      place.tick(40_000);
      place.workOff();
    }
    assertThat(looks(place)).hasSizeGreaterThan(2).isEqualTo(looks(undisturbed));
    assertThat(place.record("r").getClosedList())
        .isEqualTo(undisturbed.record("r").getClosedList());
    assertThat(place.record("r").getTotal()).isEqualTo(undisturbed.record("r").getTotal());
    assertThat(trials(place)).isEqualTo(trials(undisturbed));
    assertThat(place.state.count("cell/") + place.state.count("wait/")).isZero();
  }

  private static Sweep repeating(String name) {
    var sweep = Workplace.repeating(name, 5, 4, 3, 5, 8, 12).toBuilder();
    sweep.getSpecBuilder().getFailureBudgetBuilder().setAttempts(100);
    return sweep.build();
  }

  private static List<Look> looks(Workplace place) {
    return new WorkflowView(place.state()).looks("r");
  }

  private static List<String> trials(Workplace place) {
    List<String> trials = new ArrayList<>();
    place.state.scan(
        "work/trial/",
        "work/trial0",
        (key, value) -> {
          trials.add(key);
          return true;
        });
    return trials;
  }

  private boolean completed(String id) {
    TrialCounts counts = place.status(id).getCounts();
    return place.status(id).getPhase() == Phase.COMPLETED && counts.getFailed() == 0;
  }

  private void checkEnd(String id, long total) {
    SweepStatus status = place.status(id);
    assertThat(status.getPhase()).isEqualTo(Phase.COMPLETED);
    assertThat(status.getCounts().getDone()).isEqualTo(total);
    assertThat(status.getProgress().getEpochsDone())
        .isEqualTo(status.getProgress().getEpochsTotal())
        .isEqualTo(total * Workplace.EPOCHS - SHORTER * status.getCounts().getDiverged());
  }

  private void checkCounts(String id) {
    TrialCounts c = place.status(id).getCounts();
    assertThat(c.getPending() + c.getRunning() + c.getDone() + c.getFailed() + c.getCancelled())
        .isEqualTo(c.getTotal());
    assertThat(c.getRunning()).isLessThanOrEqualTo(place.record(id).getParallelism());
  }

  private void checkOutstanding() {
    Map<String, WorkCounts> counted = new HashMap<>(place.clock().getWorkMap());
    counted.values().removeIf(WorkCounts.getDefaultInstance()::equals);
    assertThat(counted).isEqualTo(Recount.outstanding(place));
  }

  private void act(RandomGenerator random) {
    act(random, SWEEPS);
  }

  private void act(RandomGenerator random, List<String> sweeps) {
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> claim(random);
      case 3, 4 -> end(random, false);
      case 5 -> end(random, true);
      case 6 -> renew(random);
      case 7 -> giveBack(random);
      case 8 -> lateEvent(random);
      case 9 -> place.tick(random.nextInt(1, 20_000));
      case 10 -> crash(random);
      default -> steer(random, sweeps);
    }
  }

  private void claim(RandomGenerator random) {
    if (place.offers.isEmpty()) {
      return;
    }
    WorkItem item = place.offers.remove();
    if (random.nextInt(10) == 0) {
      // Delivered twice.
      place.offers.add(item);
    }
    ClaimWorkResponse claimed = place.claim(item.getWorkId(), "w");
    if (claimed.getDecision() == ClaimWorkResponse.Decision.GRANTED) {
      leases.add(new Lease(item.getWorkId(), claimed.getAttempt()));
    }
  }

  private void end(RandomGenerator random, boolean badly) {
    if (leases.isEmpty()) {
      return;
    }
    Lease lease = leases.remove(random.nextInt(leases.size()));
    ended.add(lease);
    if (badly) {
      String[] reasons = {"OUT_OF_MEMORY", "CHECKPOINT_MISSING", "VARIANT_MISSING", "BAD"};
      String reason = reasons[random.nextInt(reasons.length)];
      place.fail(lease.workId(), lease.attempt(), reason, random.nextInt(4) > 0);
    } else {
      complete(lease);
    }
  }

  /* As training is: the same trial always ends in the same way. */
  private void complete(Lease lease) {
    boolean diverged = lease.workId().hashCode() % 3 == 0;
    place.complete(
        lease.workId(),
        lease.attempt(),
        diverged ? TrialResult.Outcome.DIVERGED : TrialResult.Outcome.CAP_REACHED,
        diverged ? Workplace.EPOCHS - SHORTER : Workplace.EPOCHS);
  }

  private void renew(RandomGenerator random) {
    if (!leases.isEmpty()) {
      Lease lease = leases.get(random.nextInt(leases.size()));
      if (place.renew(lease.workId(), lease.attempt(), random.nextInt(10)) == Order.ABANDON) {
        leases.remove(lease);
      }
      place.renew(lease, 1.2 * random.nextDouble() - 0.1);
    }
  }

  private void giveBack(RandomGenerator random) {
    if (!leases.isEmpty()) {
      Lease lease = leases.remove(random.nextInt(leases.size()));
      place.giveBack(lease.workId(), lease.attempt());
    }
  }

  private void lateEvent(RandomGenerator random) {
    if (!ended.isEmpty()) {
      Lease lease = ended.get(random.nextInt(ended.size()));
      complete(lease);
      place.fail(lease.workId(), lease.attempt(), "LATE", false);
      place.renew(lease.workId(), lease.attempt(), 3);
    }
  }

  private void crash(RandomGenerator random) {
    if (!leases.isEmpty()) {
      ended.add(leases.remove(random.nextInt(leases.size())));
    }
  }

  private void steer(RandomGenerator random, List<String> sweeps) {
    String id = sweeps.get(random.nextInt(sweeps.size()));
    Control[] controls = {Control.PAUSE, Control.RESUME, Control.CANCEL, Control.RETRY_FAILED};
    if (random.nextInt(4) == 0) {
      place.control(id, controls[random.nextInt(controls.length)]);
    } else {
      place.control(id, Control.RESUME);
      place.control(id, Control.RETRY_FAILED);
    }
  }
}
