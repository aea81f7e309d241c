package dev.rote.sweeps.workflow;

import com.google.protobuf.Parser;
import com.google.protobuf.util.Timestamps;
import dev.rote.spec.AdmittedMeasurement;
import dev.rote.spec.AdmittedTrial;
import dev.rote.spec.AdmittedVariant;
import dev.rote.spec.MeasurementId;
import dev.rote.spec.TrialId;
import dev.rote.spec.VariantId;
import dev.rote.spec.Versions;
import dev.rote.v1.ClaimLook;
import dev.rote.v1.ClaimSpec;
import dev.rote.v1.ClaimWorkResponse;
import dev.rote.v1.ClockRecord;
import dev.rote.v1.ClockTicked;
import dev.rote.v1.FailureBudget;
import dev.rote.v1.FigureSpec;
import dev.rote.v1.LeaseRenewed;
import dev.rote.v1.Look;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.MissingArtifact;
import dev.rote.v1.RenewLeaseResponse.Order;
import dev.rote.v1.RepeatSpec;
import dev.rote.v1.Retention;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepAdvanced;
import dev.rote.v1.SweepControlRequested;
import dev.rote.v1.SweepControlRequested.Control;
import dev.rote.v1.SweepEvent;
import dev.rote.v1.SweepMetadata;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.SweepSubmitted;
import dev.rote.v1.TrialProgress;
import dev.rote.v1.TrialResult;
import dev.rote.v1.TrialSpec;
import dev.rote.v1.VariantSpec;
import dev.rote.v1.WorkClaimed;
import dev.rote.v1.WorkCompleted;
import dev.rote.v1.WorkFailed;
import dev.rote.v1.WorkFailed.Remedy;
import dev.rote.v1.WorkItem;
import dev.rote.v1.WorkRecord;
import dev.rote.v1.WorkYielded;
import dev.rote.v1.WorkerAnnounced;
import dev.rote.v1.WorkflowEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A process manager with its topics, in memory, for tests. */
public final class Workplace {
  static final int EPOCHS = 10;

  /** Versions that ids without a suffix are made under, whatever this build computes. */
  static final Versions VERSIONS = new Versions("1", "2", "3");

  final MemoryState state;
  final Deque<WorkItem> offers = new ArrayDeque<>();
  final List<SweepEvent> announced = new ArrayList<>();
  private final WorkflowSettings settings;
  private final Deque<String> advances = new ArrayDeque<>();
  private boolean advancesHeld;
  private SweepPlan.Planner planner = Workplace::plan;
  private Decider decider;
  private Versions admitted = VERSIONS;
  private Versions workers = VERSIONS;
  private String numerics = "";
  private boolean takesOther;
  private long events;
  private long timeMillis = 1_000_000;
  private long lastBytes;

  public Workplace() {
    this(WorkflowSettings.defaults());
  }

  public Workplace(WorkflowSettings settings) {
    this(settings, new MemoryState());
  }

  Workplace(WorkflowSettings settings, MemoryState state) {
    this.settings = settings;
    this.state = state;
    this.decider = new Decider(new Plans(Workplace::plan), settings);
  }

  /**
   * From now on a release admits sweeps and its workers ask for work that computes other versions,
   * and its service knows the log's state alone.
   */
  void raise(Versions raised) {
    admitted = raised;
    workers = raised;
    restart(Workplace::plan);
  }

  /** From now on only workers of these versions ask for work. */
  void workers(Versions computed) {
    workers = computed;
  }

  /** From now on only workers of this family of numerics ask for work. */
  public void numerics(String family) {
    numerics = family;
  }

  /** From now on workers can be granted other work than they ask for. */
  void takeOther() {
    takesOther = true;
  }

  /** A worker of a kind and a family of numerics says that it is there. */
  void announce(String kind, String family) {
    tell(
        WorkflowEvent.newBuilder()
            .setWorkerAnnounced(
                WorkerAnnounced.newBuilder()
                    .setWorker("w")
                    .setKind(kind)
                    .setVersions(workers.toString())
                    .setNumerics(family)));
  }

  /** Time passes in which nobody writes to the log. */
  void silence(long millis) {
    timeMillis += millis;
  }

  /** A trial's worker found objects of another family under its id. */
  void taken(Lease lease, String holder) {
    tell(
        WorkflowEvent.newBuilder()
            .setWorkFailed(
                WorkFailed.newBuilder()
                    .setWorkId(lease.workId())
                    .setAttempt(lease.attempt())
                    .setReason("NUMERICS_TAKEN")
                    .setRetryable(true)
                    .setRemedy(Remedy.RETRY)
                    .setNumerics(holder)));
  }

  /** From now on a service decides that knows the log's state alone. */
  void restart(SweepPlan.Planner planner) {
    this.planner = planner;
    decider = new Decider(new Plans(planner), settings);
  }

  /**
   * A sweep whose cells are its repetitions: cell {@code i} runs trial {@code <dataset name>-<seed
   * + i>} on the variant {@code v-<dataset name>}.
   */
  public static Sweep sweep(String name, int cells, int parallelism, int measurements) {
    TrialSpec.Builder trial = TrialSpec.newBuilder().setSeed(1);
    trial.getDatasetBuilder().setName("data");
    SweepSpec.Builder spec =
        SweepSpec.newBuilder()
            .setTrial(trial)
            .setRepetitions(cells)
            .setParallelism(parallelism)
            .setFailureBudget(FailureBudget.newBuilder().setFailedTrials(0).setAttempts(3))
            .setRetention(Retention.newBuilder().setCheckpoints(Retention.Checkpoints.ALL));
    for (int i = 0; i < measurements; i++) {
      spec.addMeasurements(MeasurementSpec.newBuilder().setName("m" + i));
    }
    return Sweep.newBuilder()
        .setMetadata(SweepMetadata.newBuilder().setName(name))
        .setSpec(spec)
        .build();
  }

  /**
   * A sweep that repeats until judged: point {@code p} of its grid, in repetition {@code r}, runs
   * trial {@code <dataset name>-<seed + r>-<p>}, and claim {@code p} needs point {@code p} alone.
   */
  static Sweep repeating(String name, int points, int parallelism, Integer... looks) {
    Sweep.Builder sweep = sweep(name, looks[looks.length - 1], parallelism, 1).toBuilder();
    sweep.getSpecBuilder().setRepeat(RepeatSpec.newBuilder().addAllLooks(List.of(looks)));
    for (int point = 0; point < points; point++) {
      sweep
          .getSpecBuilder()
          .addFigures(
              FigureSpec.newBuilder().addClaims(ClaimSpec.newBuilder().setClaim("claim " + point)));
    }
    return sweep.build();
  }

  /** What looks decide: a function of the claim and the repetitions, as judging is. */
  static Look look(SweepPlan plan, SweepRecord sweep, int number) {
    int repetitions = plan.looks().get(number - 1);
    Look.Builder look = Look.newBuilder().setNumber(number).setRepetitions(repetitions);
    for (int claim = 0; claim < plan.claims().size(); claim++) {
      int closed = claim < sweep.getClosedCount() ? sweep.getClosed(claim) : 0;
      if (closed == 0 || closed >= number) {
        look.addClaims(
            ClaimLook.newBuilder()
                .setClaim(claim)
                .setRepetitions(repetitions)
                .setDecision(decision(claim, repetitions)));
      }
    }
    return look.build();
  }

  private static ClaimLook.Decision decision(int claim, int repetitions) {
    ClaimLook.Decision[] ends = {
      ClaimLook.Decision.HOLDS, ClaimLook.Decision.FAILS, ClaimLook.Decision.FUTILE
    };
    return repetitions > 3 * claim ? ends[claim % 3] : ClaimLook.Decision.OPEN;
  }

  private static SweepPlan repeatingPlan(Sweep sweep, Versions versions) {
    SweepSpec spec = sweep.getSpec();
    int points = spec.getFiguresCount();
    List<Integer> looks = spec.getRepeat().getLooksList();
    return new SweepPlan() {
      @Override
      public long size() {
        return points * (long) spec.getRepetitions();
      }

      @Override
      public long epochs() {
        return size() * EPOCHS;
      }

      @Override
      public long measurements() {
        return size() * spec.getMeasurementsCount();
      }

      @Override
      public long points() {
        return points;
      }

      @Override
      public List<Integer> looks() {
        return looks;
      }

      @Override
      public List<String> claims() {
        return spec.getFiguresList().stream().map(f -> f.getClaims(0).getClaim()).toList();
      }

      @Override
      public boolean isNeeded(long index, List<Integer> closed) {
        int block = 0;
        while (index / points >= looks.get(block)) {
          block++;
        }
        return isNeeded((int) (index % points), block, closed);
      }

      private boolean isNeeded(int point, int block, List<Integer> closed) {
        int look = point < closed.size() ? closed.get(point) : 0;
        return block == 0 || look == 0 || look > block;
      }

      @Override
      public Amount amount(int block, List<Integer> closed) {
        long repetitions = (long) looks.get(block) - (block == 0 ? 0 : looks.get(block - 1));
        long needed =
            IntStream.range(0, points).filter(point -> isNeeded(point, block, closed)).count();
        return new Amount(needed * repetitions, needed * repetitions * EPOCHS);
      }

      @Override
      public Cell cell(long index) {
        long repetition = index / points;
        Sweep.Builder fixed = sweep.toBuilder();
        fixed.getSpecBuilder().clearRepeat();
        Cell of = plan(fixed.build(), versions).cell(repetition);
        Cell placed = of.under(new TrialId(of.trial().id() + "-" + index % points));
        return new Cell(
            index,
            Map.of(),
            (int) repetition,
            versions,
            placed.trial(),
            IntStream.range(0, spec.getMeasurementsCount())
                .mapToObj(
                    i ->
                        new AdmittedMeasurement(
                            new MeasurementId(placed.trial().id() + "-m" + i),
                            placed.trial().id(),
                            spec.getMeasurements(i)))
                .toList(),
            EPOCHS);
      }
    };
  }

  /** The plan of a {@link #sweep}; ids under other versions than {@link #VERSIONS} have them. */
  public static SweepPlan plan(Sweep sweep, Versions versions) {
    String suffix = versions.equals(VERSIONS) ? "" : "_" + versions.engine();
    SweepSpec spec = sweep.getSpec();
    if (spec.getRepetitions() < 0) {
      throw new IllegalArgumentException("a plan that cannot be made");
    }
    if (spec.hasRepeat()) {
      return repeatingPlan(sweep, versions);
    }
    return new SweepPlan() {
      @Override
      public long size() {
        return spec.getRepetitions();
      }

      @Override
      public long epochs() {
        return size() * EPOCHS;
      }

      @Override
      public long measurements() {
        return size() * spec.getMeasurementsCount();
      }

      @Override
      public Cell cell(long index) {
        String data = spec.getTrial().getDataset().getName();
        TrialId trial = new TrialId(data + "-" + (spec.getTrial().getSeed() + index) + suffix);
        List<AdmittedMeasurement> measures =
            IntStream.range(0, spec.getMeasurementsCount())
                .mapToObj(
                    i ->
                        new AdmittedMeasurement(
                            new MeasurementId(trial + "-m" + i), trial, spec.getMeasurements(i)))
                .toList();
        VariantSpec variant =
            VariantSpec.newBuilder().setDataset(spec.getTrial().getDataset()).build();
        AdmittedTrial admitted =
            new AdmittedTrial(
                trial, spec.getTrial(), new AdmittedVariant(new VariantId("v-" + data), variant));
        return new Cell(index, Map.of(), (int) index, versions, admitted, measures, EPOCHS);
      }
    };
  }

  Answer tell(WorkflowEvent.Builder event) {
    return tell(event, "e" + events);
  }

  Answer tell(WorkflowEvent.Builder event, String eventId) {
    events++;
    timeMillis += 10;
    WorkflowEvent written =
        event.setEventId(eventId).setTime(Timestamps.fromMillis(timeMillis)).build();
    Decision decision = decider.decide(state, written);
    state.apply(decision);
    lastBytes =
        decision.changes().values().stream()
            .mapToLong(value -> value.map(bytes -> bytes.length).orElse(0))
            .sum();
    for (Command command : decision.commands()) {
      if (command instanceof Command.OfferWork offer) {
        offers.add(offer.item());
      } else if (command instanceof Command.Announce announce) {
        announced.add(announce.event());
      } else if (command instanceof Command.Advance advance) {
        advances.add(advance.sweepId());
      }
    }
    while (!advancesHeld && !advances.isEmpty()) {
      tell(
          WorkflowEvent.newBuilder()
              .setSweepAdvanced(SweepAdvanced.newBuilder().setSweepId(advances.remove())));
    }
    return decision.answer();
  }

  /** From now on what the workflow tells itself stays unread. */
  void holdAdvances() {
    advancesHeld = true;
  }

  /** Has a sweep go on that was stopped while the workflow told itself something. */
  void advance(String sweepId) {
    tell(
        WorkflowEvent.newBuilder()
            .setSweepAdvanced(SweepAdvanced.newBuilder().setSweepId(sweepId)));
  }

  /** Bytes written by the last event. */
  long lastBytes() {
    return lastBytes;
  }

  public boolean submit(String id, Sweep sweep) {
    Answer answer =
        tell(
            WorkflowEvent.newBuilder()
                .setSweepSubmitted(
                    SweepSubmitted.newBuilder()
                        .setSweepId(id)
                        .setSweep(sweep)
                        .setVersions(admitted.toString())));
    return ((Answer.Submitted) answer).created();
  }

  /** Somebody submits a sweep, as a member of a group. */
  public Answer.Submitted submit(String id, Sweep sweep, String owner, String group) {
    return submit(
        SweepSubmitted.newBuilder()
            .setSweepId(id)
            .setSweep(sweep)
            .setOwner(owner)
            .setGroup(group)
            .setMemberOf(group));
  }

  /** A door says that a sweep was submitted. */
  public Answer.Submitted submit(SweepSubmitted.Builder submitted) {
    return (Answer.Submitted)
        tell(
            WorkflowEvent.newBuilder()
                .setSweepSubmitted(submitted.setVersions(admitted.toString())));
  }

  public Answer control(String id, Control control) {
    return tell(
        WorkflowEvent.newBuilder()
            .setSweepControlRequested(
                SweepControlRequested.newBuilder().setSweepId(id).setControl(control)));
  }

  ClaimWorkResponse claim(String workId, String worker) {
    return claim(workId, worker, worker + "/" + events);
  }

  ClaimWorkResponse claim(String workId, String worker, String claimId) {
    Answer answer =
        tell(
            WorkflowEvent.newBuilder()
                .setWorkClaimed(
                    WorkClaimed.newBuilder()
                        .setWorkId(workId)
                        .setWorker(worker)
                        .setVersions(workers.toString())
                        .setNumerics(numerics)
                        .setTakesOther(takesOther)),
            claimId);
    return ((Answer.Claimed) answer).response();
  }

  Order renew(String workId, int attempt, int epochs) {
    Answer answer =
        tell(
            WorkflowEvent.newBuilder()
                .setLeaseRenewed(
                    LeaseRenewed.newBuilder()
                        .setWorkId(workId)
                        .setAttempt(attempt)
                        .setProgress(TrialProgress.newBuilder().setEpochsDone(epochs))));
    return ((Answer.Renewed) answer).order();
  }

  /** Tells how much of a measurement is done. */
  void renew(Lease lease, double share) {
    tell(
        WorkflowEvent.newBuilder()
            .setLeaseRenewed(
                LeaseRenewed.newBuilder()
                    .setWorkId(lease.workId())
                    .setAttempt(lease.attempt())
                    .setShare(share)));
  }

  /** So long nothing is told. */
  public void pass(long millis) {
    timeMillis += millis;
  }

  void complete(String workId, int attempt) {
    complete(workId, attempt, TrialResult.Outcome.CAP_REACHED, EPOCHS);
  }

  void complete(String workId, int attempt, TrialResult.Outcome outcome, int epochs) {
    tell(
        WorkflowEvent.newBuilder()
            .setWorkCompleted(
                WorkCompleted.newBuilder()
                    .setWorkId(workId)
                    .setAttempt(attempt)
                    .setOutcome(outcome)
                    .setEpochs(epochs)
                    .setLook(lookOf(workId))));
  }

  /* What the worker of a look would say; of other work nothing. */
  private Look lookOf(String workId) {
    if (!workId.startsWith("look/")) {
      return Look.getDefaultInstance();
    }
    String[] parts = workId.split("/", -1);
    SweepRecord sweep = record(parts[1]);
    return look(planner.plan(spec(parts[1]), VERSIONS), sweep, Integer.parseInt(parts[2]));
  }

  void fail(String workId, int attempt, String reason, boolean retryable) {
    tell(
        WorkflowEvent.newBuilder()
            .setWorkFailed(
                WorkFailed.newBuilder()
                    .setWorkId(workId)
                    .setAttempt(attempt)
                    .setReason(reason)
                    .setRetryable(retryable)));
  }

  /** Fails an attempt with a remedy, which older services know nothing of. */
  void fail(Lease lease, Remedy remedy, MissingArtifact... missing) {
    tell(
        WorkflowEvent.newBuilder()
            .setWorkFailed(
                WorkFailed.newBuilder()
                    .setWorkId(lease.workId())
                    .setAttempt(lease.attempt())
                    .setReason("REASON")
                    .setRetryable(remedy != Remedy.REFUSE)
                    .setRemedy(remedy)
                    .addAllMissing(List.of(missing))));
  }

  void giveBack(String workId, int attempt) {
    tell(
        WorkflowEvent.newBuilder()
            .setWorkYielded(WorkYielded.newBuilder().setWorkId(workId).setAttempt(attempt)));
  }

  /** Gives work back for a trouble of the worker's own. */
  void giveBack(String workId, int attempt, String reason, String message) {
    tell(
        WorkflowEvent.newBuilder()
            .setWorkYielded(
                WorkYielded.newBuilder()
                    .setWorkId(workId)
                    .setAttempt(attempt)
                    .setReason(reason)
                    .setMessage(message)));
  }

  public void tick(long millis) {
    for (long left = millis; left > 0; left -= 1000) {
      tell(
          WorkflowEvent.newBuilder()
              .setClockTicked(
                  ClockTicked.newBuilder().setAdvanceMillis((int) Math.min(1000, left))));
    }
  }

  /** Claims the first offer, which must be granted, and returns its work id and attempt. */
  public Lease take() {
    WorkItem item = offers.remove();
    ClaimWorkResponse claimed = claim(item.getWorkId(), "w");
    if (claimed.getDecision() != ClaimWorkResponse.Decision.GRANTED) {
      throw new AssertionError(item.getWorkId() + " was not granted: " + claimed);
    }
    String granted = claimed.hasItem() ? claimed.getItem().getWorkId() : item.getWorkId();
    return new Lease(granted, claimed.getAttempt());
  }

  /** Takes the first offer and ends it well. */
  public void completeNext() {
    Lease lease = take();
    complete(lease.workId(), lease.attempt());
  }

  /** Takes the first offer and fails it for good. */
  public void failNext() {
    Lease lease = take();
    fail(lease.workId(), lease.attempt(), "BAD", false);
  }

  public StateReader state() {
    return state;
  }

  /** A claim that was granted. */
  public record Lease(String workId, int attempt) {}

  /** Does all that is offered until nothing is left. */
  public void workOff() {
    while (!offers.isEmpty()) {
      WorkItem item = offers.remove();
      ClaimWorkResponse claimed = claim(item.getWorkId(), "w");
      if (claimed.getDecision() == ClaimWorkResponse.Decision.GRANTED) {
        complete(
            claimed.hasItem() ? claimed.getItem().getWorkId() : item.getWorkId(),
            claimed.getAttempt());
      }
    }
  }

  SweepStatus status(String id) {
    return SweepStatuses.of(record(id), Timestamps.fromMillis(timeMillis));
  }

  SweepRecord record(String id) {
    return stored(Keys.sweep(id), SweepRecord.parser());
  }

  Sweep spec(String id) {
    return stored(Keys.spec(id), Sweep.parser());
  }

  WorkRecord work(String workId) {
    return stored(Keys.work(workId), WorkRecord.parser());
  }

  ClockRecord clock() {
    return stored(Keys.CLOCK, ClockRecord.parser());
  }

  private <T> T stored(String key, Parser<T> parser) {
    byte[] bytes = state.get(key);
    if (bytes == null) {
      throw new AssertionError("no entry " + key);
    }
    return Entries.parse(key, bytes, parser);
  }
}
