package dev.rote.operator.reconcile;

import dev.rote.operator.grpc.SweepFeed;
import dev.rote.operator.grpc.SweepsApi;
import dev.rote.operator.resource.SweepResource;
import dev.rote.operator.resource.SweepResourceStatus;
import dev.rote.spec.Ids;
import dev.rote.spec.SpecException;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.grpc.StatusRuntimeException;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings sweeps to what their resources declare, and resources to what their sweeps are. A spec is
 * handed in when it is new; what others do to the sweep afterwards shows and is not undone.
 */
@ControllerConfiguration(name = "sweeps", finalizerName = "rote.dev/sweep")
public class SweepReconciler implements Reconciler<SweepResource>, Cleaner<SweepResource> {
  private static final Logger log = LoggerFactory.getLogger(SweepReconciler.class);
  private static final int SPREAD = 1 << 10;

  private final SweepsApi sweeps;
  private final SweepFeed feed;
  private final TransitionEvents events;
  private final Settings settings;
  private final StatusDrawing drawing;
  private final Clock clock = Clock.systemUTC();
  private final Map<ResourceID, Refusal> refusals = new ConcurrentHashMap<>();

  private record Refusal(long generation, Outcome.Refused refused) {}

  /**
   * Settings of reconciliation.
   *
   * @param outageRetry before a call is tried again that nobody answered
   * @param refusalRetry before a spec is handed in again that was refused for what may change
   * @param bucket where reports lie
   */
  public record Settings(Duration outageRetry, Duration refusalRetry, String bucket) {}

  public SweepReconciler(
      SweepsApi sweeps, SweepFeed feed, TransitionEvents events, Settings settings) {
    this.sweeps = sweeps;
    this.feed = feed;
    this.events = events;
    this.settings = settings;
    this.drawing = new StatusDrawing(settings.bucket());
  }

  @Override
  public List<EventSource<?, SweepResource>> prepareEventSources(
      EventSourceContext<SweepResource> context) {
    return List.of(feed);
  }

  @Override
  public UpdateControl<SweepResource> reconcile(
      SweepResource resource, Context<SweepResource> context) {
    SweepResourceStatus before = resource.getStatus();
    Optional<Outcome> outcome = outcome(resource, before);
    if (outcome.isEmpty()) {
      return UpdateControl.noUpdate();
    }
    SweepResourceStatus now =
        drawing.draw(
            before, resource.getMetadata().getGeneration(), outcome.get(), clock.instant());
    UpdateControl<SweepResource> control = UpdateControl.noUpdate();
    if (!now.equals(before)) {
      log.info("sweep {} is {}", ResourceID.fromResource(resource), now.phase());
      events.tell(resource, before, now);
      control = UpdateControl.patchStatus(patch(resource, now));
    }
    if (outcome.get() instanceof Outcome.Unreachable) {
      return control.rescheduleAfter(spread(resource, settings.outageRetry()));
    }
    if (outcome.get() instanceof Outcome.Refused refused && !refused.lasting()) {
      return control.rescheduleAfter(spread(resource, settings.refusalRetry()));
    }
    return control;
  }

  /** What the service says; empty while it is still being asked, or when all is said. */
  private Optional<Outcome> outcome(SweepResource resource, @Nullable SweepResourceStatus before) {
    String id = before == null ? null : before.sweepId();
    if (id != null) {
      feed.follow(id, ResourceID.fromResource(resource));
    }
    SweepStatus known = id == null ? null : feed.status(id).orElse(null);
    try {
      Outcome.Refused again = refusedAlready(resource);
      if (again != null) {
        return Optional.of(new Outcome.Refused(again.reason(), again.message(), true, known));
      }
      Sweep sweep = Declaration.of(resource);
      if (before != null && id != null && admitted(resource, before) && !feed.gone(id)) {
        if (known == null) {
          return Optional.empty();
        }
        if (!retryDue(sweep, known)) {
          return Optional.of(new Outcome.Followed(known));
        }
      }
      SweepStatus status = owners(resource).submit(sweep);
      feed.follow(status.getSweepId(), ResourceID.fromResource(resource));
      feed.put(status.getSweepId(), status);
      return Optional.of(new Outcome.Followed(status));
    } catch (SpecException e) {
      return Optional.of(refused(resource, Refusals.of(e, known)));
    } catch (StatusRuntimeException e) {
      return Optional.of(refused(resource, Refusals.of(e, known)));
    }
  }

  /* Only another spec can change a lasting refusal, so the door is not asked again. */
  private Outcome refused(SweepResource resource, Outcome outcome) {
    if (outcome instanceof Outcome.Refused refused && refused.lasting()) {
      refusals.put(
          ResourceID.fromResource(resource),
          new Refusal(resource.getMetadata().getGeneration(), refused));
    }
    return outcome;
  }

  private Outcome.@Nullable Refused refusedAlready(SweepResource resource) {
    Refusal refusal = refusals.get(ResourceID.fromResource(resource));
    return refusal != null && refusal.generation() == resource.getMetadata().getGeneration()
        ? refusal.refused()
        : null;
  }

  private static boolean admitted(SweepResource resource, SweepResourceStatus before) {
    return before.observedGeneration() == resource.getMetadata().getGeneration()
        && before
            .condition(Conditions.ADMITTED)
            .filter(condition -> condition.status().equals("True"))
            .isPresent();
  }

  /* Raised while the sweep ran; now it has ended. */
  private static boolean retryDue(Sweep sweep, SweepStatus status) {
    return SweepFeed.ended(status.getPhase())
        && Integer.compareUnsigned(sweep.getSpec().getRetryFailed(), status.getRetries()) > 0;
  }

  /* All that this field manager owns, and nothing else. */
  private static SweepResource patch(SweepResource resource, SweepResourceStatus status) {
    SweepResource patch = new SweepResource();
    patch.setMetadata(
        new ObjectMetaBuilder()
            .withName(resource.getMetadata().getName())
            .withNamespace(resource.getMetadata().getNamespace())
            .build());
    patch.setStatus(status);
    return patch;
  }

  /** Up to twice the time, the same for the same resource: thousands do not come back at once. */
  private static Duration spread(SweepResource resource, Duration time) {
    int share = Math.floorMod(ResourceID.fromResource(resource).hashCode(), SPREAD);
    return time.plus(time.multipliedBy(share).dividedBy(SPREAD));
  }

  @Override
  public DeleteControl cleanup(SweepResource resource, Context<SweepResource> context) {
    ResourceID self = ResourceID.fromResource(resource);
    try {
      Optional<String> id = sweepToCancel(resource);
      if (id.isPresent() && !isKept(id.get(), self)) {
        owners(resource).cancel(id.get());
        log.info("sweep {} is cancelled: its resource is deleted", id.get());
      }
    } catch (StatusRuntimeException e) {
      switch (e.getStatus().getCode()) {
        case NOT_FOUND, FAILED_PRECONDITION, PERMISSION_DENIED ->
            log.info("the sweep of {} needs no cancelling: {}", self, e.getMessage());
        default -> {
          log.warn("the sweep of {} cannot be cancelled now: {}", self, e.getStatus());
          return DeleteControl.noFinalizerRemoval()
              .rescheduleAfter(spread(resource, settings.outageRetry()).toMillis());
        }
      }
    }
    feed.unfollow(self);
    refusals.remove(self);
    return DeleteControl.defaultDelete();
  }

  /* Of a sweep of this resource's owner only resources of that owner are further ones. */
  private boolean isKept(String sweepId, ResourceID self) {
    Set<ResourceID> others = feed.others(sweepId, self);
    if (others.isEmpty()) {
      return false;
    }
    String owner = owner(self);
    return !sweeps.newest(sweepId).getStatus().getOwner().equals(owner)
        || others.stream().map(this::owner).anyMatch(owner::equals);
  }

  private String owner(ResourceID resource) {
    return sweeps.owner(resource.getNamespace().orElse(""));
  }

  private SweepsApi owners(SweepResource resource) {
    return sweeps.of(resource.getMetadata().getNamespace());
  }

  /* A spec that was handed in just before the operator stopped is not in the status. */
  private Optional<String> sweepToCancel(SweepResource resource) {
    SweepResourceStatus status = resource.getStatus();
    Optional<String> known = Optional.ofNullable(status).map(SweepResourceStatus::sweepId);
    try {
      Sweep sweep = Declaration.of(resource);
      return Declaration.retained(sweep)
          ? Optional.empty()
          : known.or(() -> handedIn(sweep, owners(resource)));
    } catch (SpecException e) {
      return known;
    }
  }

  /* What own files hold belongs to the id, and whoever took the sweep in has read them. */
  private static Optional<String> handedIn(Sweep sweep, SweepsApi sweeps) {
    if (Declaration.isWhole(sweep)) {
      return Optional.of(Ids.sweepId(sweep).value());
    }
    Sweep newest = sweeps.newest(sweep.getMetadata().getName());
    return Ids.sameSweep(Declaration.withContentOf(sweep, newest), newest)
        ? Optional.of(newest.getStatus().getSweepId())
        : Optional.empty();
  }
}
