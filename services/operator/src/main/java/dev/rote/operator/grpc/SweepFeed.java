package dev.rote.operator.grpc;

import dev.rote.operator.resource.SweepResource;
import dev.rote.v1.ListSweepsResponse;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepStatus;
import dev.rote.v1.SweepStatus.Phase;
import io.grpc.StatusRuntimeException;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of all sweeps that resources declare, from one listing for all of them. It is asked
 * for only while a sweep runs, and only up to the oldest one that does; all sweeps are looked
 * through now and then, since users may start an ended one again elsewhere.
 *
 * <p>A resource hears at once of a new phase, and of progress at most so often.
 */
public final class SweepFeed extends AbstractEventSource<SweepStatus, SweepResource> {
  private static final Logger log = LoggerFactory.getLogger(SweepFeed.class);
  private static final long NEVER = Long.MIN_VALUE;

  private final SweepsApi sweeps;
  private final FeedSettings settings;
  private final LongSupplier nanos;
  private final Map<String, Followed> followed = new HashMap<>();
  private final Map<ResourceID, String> sweepOf = new HashMap<>();
  private @Nullable ScheduledExecutorService scheduler;
  private long resynced = NEVER;
  private boolean reachable = true;

  /** A sweep, its resources, and what they were told last. */
  private static final class Followed {
    final Set<ResourceID> resources = new HashSet<>();
    @Nullable SweepStatus status;
    @Nullable SweepStatus told;
    long toldAt;
    boolean gone;

    boolean runs() {
      return status == null || !ended(status.getPhase());
    }
  }

  public SweepFeed(SweepsApi sweeps, FeedSettings settings, LongSupplier nanos) {
    super(SweepStatus.class, "sweeps");
    this.sweeps = sweeps;
    this.settings = settings;
    this.nanos = nanos;
  }

  /** Whether a sweep of this phase changes no more by itself. */
  public static boolean ended(Phase phase) {
    return phase == Phase.COMPLETED || phase == Phase.FAILED || phase == Phase.CANCELLED;
  }

  @Override
  public void start() {
    super.start();
    scheduler =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "rote-sweep-feed");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        scheduler.scheduleWithFixedDelay(
            this::pollSafely, 0, settings.poll().toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() {
    if (scheduler != null) {
      scheduler.shutdownNow();
    }
    super.stop();
  }

  @Override
  public Set<SweepStatus> getSecondaryResources(SweepResource resource) {
    return Optional.ofNullable(resource.getStatus())
        .map(status -> status.sweepId())
        .flatMap(this::status)
        .map(Set::of)
        .orElse(Set.of());
  }

  /** From now on a resource hears of a sweep, and of no other. */
  public synchronized void follow(String sweepId, ResourceID resource) {
    Followed known = followed.get(sweepId);
    if (known != null && known.resources.contains(resource)) {
      return;
    }
    unfollow(resource);
    followed.computeIfAbsent(sweepId, id -> new Followed()).resources.add(resource);
    sweepOf.put(resource, sweepId);
  }

  /** A resource hears of no sweep any more. */
  public synchronized void unfollow(ResourceID resource) {
    String sweepId = sweepOf.remove(resource);
    Followed sweep = sweepId == null ? null : followed.get(sweepId);
    if (sweepId != null && sweep != null) {
      sweep.resources.remove(resource);
      if (sweep.resources.isEmpty()) {
        followed.remove(sweepId);
      }
    }
  }

  /** Resources of a sweep beside this one. */
  public synchronized Set<ResourceID> others(String sweepId, ResourceID resource) {
    Followed sweep = followed.get(sweepId);
    Set<ResourceID> others = new HashSet<>(sweep == null ? Set.of() : sweep.resources);
    others.remove(resource);
    return others;
  }

  /** What a call has just answered for a followed sweep. */
  public synchronized void put(String sweepId, SweepStatus status) {
    Followed sweep = followed.get(sweepId);
    if (sweep != null) {
      sweep.status = status;
      sweep.told = status;
      sweep.toldAt = nanos.getAsLong();
      sweep.gone = false;
    }
  }

  /** The newest status of a followed sweep; empty before it was looked at. */
  public synchronized Optional<SweepStatus> status(String sweepId) {
    return Optional.ofNullable(followed.get(sweepId)).map(sweep -> sweep.status);
  }

  /** Whether the service has been asked for a followed sweep and does not know it. */
  public synchronized boolean gone(String sweepId) {
    Followed sweep = followed.get(sweepId);
    return sweep != null && sweep.gone;
  }

  private void pollSafely() {
    try {
      poll();
      reachable = true;
    } catch (StatusRuntimeException e) {
      if (reachable) {
        log.warn("the sweeps service does not answer: {}", e.getStatus());
      }
      reachable = false;
    } catch (RuntimeException e) {
      log.error("a look at the sweeps failed", e);
    }
  }

  /** One pass. */
  public void poll() {
    long now = nanos.getAsLong();
    boolean full = full(now);
    Set<String> wanted = wanted(full);
    if (wanted.isEmpty()) {
      return;
    }
    String token = "";
    do {
      ListSweepsResponse page = sweeps.list(token);
      for (Sweep sweep : page.getSweepsList()) {
        wanted.remove(sweep.getStatus().getSweepId());
        update(sweep.getStatus(), now);
      }
      token = page.getNextPageToken();
    } while (!token.isEmpty() && !wanted.isEmpty());
    wanted.forEach(this::lost);
    if (full) {
      resynced = now;
    }
  }

  private boolean full(long now) {
    return resynced == NEVER || now - resynced >= settings.resync().toNanos();
  }

  private synchronized Set<String> wanted(boolean full) {
    Set<String> wanted = new HashSet<>();
    followed.forEach(
        (id, sweep) -> {
          if (full || sweep.runs()) {
            wanted.add(id);
          }
        });
    return wanted;
  }

  private synchronized void update(SweepStatus status, long now) {
    Followed sweep = followed.get(status.getSweepId());
    if (sweep == null || older(status, sweep.status)) {
      return;
    }
    sweep.status = status;
    sweep.gone = false;
    SweepStatus told = sweep.told;
    Duration since = Duration.ofNanos(now - sweep.toldAt);
    boolean moved = told == null || !withoutProgress(told).equals(withoutProgress(status));
    boolean progressed = told != null && told.getRevision() != status.getRevision();
    if (moved || (progressed && since.compareTo(settings.progressEvery()) >= 0)) {
      sweep.told = status;
      sweep.toldAt = now;
      tell(sweep);
    }
  }

  /* The answer to a call may overtake a page. */
  private static boolean older(SweepStatus status, @Nullable SweepStatus known) {
    return known != null
        && known.getSubmitted().equals(status.getSubmitted())
        && status.getRevision() < known.getRevision();
  }

  private static SweepStatus withoutProgress(SweepStatus status) {
    return status.toBuilder().clearRevision().clearProgress().clearCounts().build();
  }

  private synchronized void lost(String sweepId) {
    Followed sweep = followed.get(sweepId);
    if (sweep != null && !sweep.gone) {
      sweep.gone = true;
      tell(sweep);
    }
  }

  private void tell(Followed sweep) {
    sweep.resources.forEach(resource -> getEventHandler().handleEvent(new Event(resource)));
  }
}
