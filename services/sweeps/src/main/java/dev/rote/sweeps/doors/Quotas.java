package dev.rote.sweeps.doors;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.rote.grpcerrors.ApiException;
import dev.rote.sweeps.workflow.SweepStatuses;
import dev.rote.sweeps.workflow.WorkflowView;
import dev.rote.v1.SweepRecord;
import dev.rote.v1.SweepStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** How much an owner may have under way at a time. */
public final class Quotas {
  /** Until when it is spent where nothing says how fast trials end. */
  private static final Duration UNKNOWN = Duration.ofMinutes(1);

  private static final double LONGEST_SECONDS = 6 * 3_600;

  private final Limits limits;
  private final Clock clock;

  public Quotas(Limits limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * The most that an owner may have under way.
   *
   * @param sweeps that have not ended; empty: any number
   * @param trials of these that have not ended; empty: any number
   * @param bytes that these may leave in object storage; empty: any number
   */
  public record Limits(OptionalLong sweeps, OptionalLong trials, OptionalLong bytes) {
    /** None. */
    public static final Limits NONE =
        new Limits(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

    boolean none() {
      return sweeps.isEmpty() && trials.isEmpty() && bytes.isEmpty();
    }
  }

  /**
   * What is added to what an owner has under way.
   *
   * @param sweeps one, or none where more is asked of one that is under way
   * @param trials that have not ended
   * @param bytes that may be left in object storage
   */
  record Added(int sweeps, long trials, long bytes) {}

  /** What an owner has under way. */
  private record UnderWay(List<SweepStatus> sweeps, long bytes) {
    long trials() {
      return sweeps.stream().mapToLong(Quotas::left).sum();
    }
  }

  private static long left(SweepStatus sweep) {
    return sweep.getCounts().getPending() + sweep.getCounts().getRunning();
  }

  /** Whether there are any. */
  boolean areSet() {
    return !limits.none();
  }

  /**
   * Checks that an owner may have so much more under way.
   *
   * @throws ApiException {@code RESOURCE_EXHAUSTED} with the time after which there may be room;
   *     {@code FAILED_PRECONDITION} when there never is
   */
  void require(WorkflowView view, String owner, Added added) {
    if (limits.none() || owner.isEmpty()) {
      return;
    }
    requireEver(owner, "trials", added.trials(), limits.trials());
    if (added.bytes() == Long.MAX_VALUE && limits.bytes().isPresent()) {
      throw ApiException.precondition(
          "QUOTA_TOO_SMALL",
          owner,
          "how many bytes the sweep leaves in object storage cannot be told, for it has too many datasets"
              + " of its own files, and "
              + owner
              + " may leave "
              + limits.bytes().getAsLong()
              + ": submit it in parts, of 16 datasets at most");
    }
    requireEver(owner, "bytes that it may leave in object storage", added.bytes(), limits.bytes());
    UnderWay now = underWay(view, owner);
    /* What is not asked for is not refused, whatever is there: limits may have been higher. */
    if (added.sweeps() > 0
        && now.sweeps().size() + added.sweeps() > limits.sweeps().orElse(Long.MAX_VALUE)) {
      throw spent(
          "%s has %d sweeps under way and may have %d"
              .formatted(owner, now.sweeps().size(), limits.sweeps().getAsLong()),
          firstEnd(now));
    }
    long excess = now.trials() + added.trials() - limits.trials().orElse(Long.MAX_VALUE);
    if (added.trials() > 0 && limits.trials().isPresent() && excess > 0) {
      throw spent(
          "%s has %d trials under way, the sweep adds %d, and %d may be"
              .formatted(owner, now.trials(), added.trials(), limits.trials().getAsLong()),
          ended(now, excess));
    }
    if (added.bytes() > 0
        && sum(now.bytes(), added.bytes()) > limits.bytes().orElse(Long.MAX_VALUE)) {
      throw spent(
          "sweeps of %s that are under way may leave %d bytes in object storage, the sweep adds %d, and %d may be"
              .formatted(owner, now.bytes(), added.bytes(), limits.bytes().getAsLong()),
          firstEnd(now));
    }
  }

  private static void requireEver(String owner, String of, long added, OptionalLong most) {
    if (added > most.orElse(Long.MAX_VALUE)) {
      throw ApiException.precondition(
          "QUOTA_TOO_SMALL",
          owner,
          "the sweep has %d %s, and %s may have %d under way at a time: submit it in parts, or ask for more"
              .formatted(added, of, owner, most.getAsLong()));
    }
  }

  private UnderWay underWay(WorkflowView view, String owner) {
    Timestamp now = Timestamps.fromMillis(clock.millis());
    List<SweepStatus> sweeps = new ArrayList<>();
    long bytes = 0;
    for (SweepRecord sweep :
        view.sweeps(
                "",
                Integer.MAX_VALUE,
                s -> s.getOwner().equals(owner) && SweepStatuses.isUnderWay(s.getPhase()))
            .sweeps()) {
      sweeps.add(SweepStatuses.of(sweep, now));
      bytes = sum(bytes, sweep.getMostBytes());
    }
    return new UnderWay(sweeps, bytes);
  }

  /* The most that there is where it is more: sweeps from before there was a limit may say any. */
  private static long sum(long bytes, long more) {
    return bytes + Math.min(more, Long.MAX_VALUE - bytes);
  }

  /** Seconds until the first of the sweeps is expected to end; 0 when unknown. */
  private static double firstEnd(UnderWay now) {
    return now.sweeps().stream()
        .mapToDouble(sweep -> sweep.getProgress().getEtaSeconds())
        .filter(seconds -> seconds > 0)
        .min()
        .orElse(0);
  }

  /** Seconds until so many trials are expected to have ended, at the present rates. */
  private static double ended(UnderWay now, long trials) {
    double rate =
        now.sweeps().stream()
            .filter(sweep -> sweep.getProgress().getEtaSeconds() > 0)
            .mapToDouble(sweep -> (double) left(sweep) / sweep.getProgress().getEtaSeconds())
            .sum();
    return rate > 0 ? (double) trials / rate : 0;
  }

  private ApiException spent(String what, double seconds) {
    if (seconds <= 0) {
      return ApiException.quotaSpent(
          what + ": when there is room is not known yet; try again in a minute", UNKNOWN);
    }
    Duration wait = Duration.ofSeconds((long) Math.ceil(Math.min(seconds, LONGEST_SECONDS)));
    Instant until = clock.instant().plus(wait).truncatedTo(ChronoUnit.SECONDS);
    return ApiException.quotaSpent(
        "%s: there is room at about %s, as things go".formatted(what, until), wait);
  }
}
