package dev.rote.operator.reconcile;

import dev.rote.operator.resource.SweepResource;
import dev.rote.operator.resource.SweepResourceStatus;
import dev.rote.operator.resource.SweepResourceStatus.Condition;
import dev.rote.operator.resource.SweepResourceStatus.Phase;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kubernetes events of what happens to sweeps. The name of an event follows from what it tells, so
 * that a repeated reconciliation tells it once.
 */
public final class TransitionEvents {
  private static final Logger log = LoggerFactory.getLogger(TransitionEvents.class);
  private static final int LONGEST_NOTE = 1_000;

  private final KubernetesClient client;
  private final Clock clock;

  public TransitionEvents(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  /** Tells how a resource's status moved on, if it did. */
  void tell(SweepResource resource, @Nullable SweepResourceStatus before, SweepResourceStatus now) {
    Condition admitted = now.condition(Conditions.ADMITTED).orElseThrow();
    boolean sameAdmission =
        before != null
            && before
                .condition(Conditions.ADMITTED)
                .filter(known -> known.status().equals(admitted.status()))
                .filter(known -> known.message().equals(admitted.message()))
                .isPresent();
    if (!sameAdmission && !admitted.status().equals("Unknown")) {
      boolean refused = admitted.status().equals("False");
      String reason = refused ? "Refused" : "Admitted";
      String note = refused ? admitted.reason() + ": " + admitted.message() : admitted.message();
      create(resource, refused, reason, note, admitted.lastTransitionTime());
    }
    if ((before == null || before.phase() != now.phase())
        && now.phase() != Phase.Refused
        && now.phase() != Phase.Pending) {
      String note = note(now);
      create(resource, now.phase() == Phase.Failed, now.phase().name(), note, now.transitioned());
    }
  }

  private static String note(SweepResourceStatus now) {
    String trials = now.trials() + " trials done";
    return switch (now.phase()) {
      case Completed ->
          trials
              + (now.claims() == null ? "" : ", " + now.claims() + " claims hold")
              + ", report at "
              + now.reportUri();
      case Failed ->
          trials + ": " + now.condition(Conditions.FAILED).map(Condition::message).orElse("");
      default -> trials;
    };
  }

  private void create(
      SweepResource resource, boolean warning, String reason, String note, @Nullable String when) {
    String at = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    String identity =
        String.join(
            "/",
            Objects.requireNonNullElse(resource.getMetadata().getUid(), ""),
            reason,
            note,
            Objects.requireNonNullElse(when, ""));
    UUID hash = UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8));
    Event event =
        new EventBuilder()
            .withNewMetadata()
            .withName(resource.getMetadata().getName() + "." + hash)
            .withNamespace(resource.getMetadata().getNamespace())
            .endMetadata()
            .withNewInvolvedObject()
            .withApiVersion(resource.getApiVersion())
            .withKind(resource.getKind())
            .withName(resource.getMetadata().getName())
            .withNamespace(resource.getMetadata().getNamespace())
            .withUid(resource.getMetadata().getUid())
            .endInvolvedObject()
            .withType(warning ? "Warning" : "Normal")
            .withReason(reason)
            .withMessage(note.length() <= LONGEST_NOTE ? note : note.substring(0, LONGEST_NOTE))
            .withFirstTimestamp(at)
            .withLastTimestamp(at)
            .withCount(1)
            .withNewSource()
            .withComponent("rote-operator")
            .endSource()
            .withReportingComponent("rote-operator")
            .build();
    try {
      client.v1().events().resource(event).create();
    } catch (KubernetesClientException e) {
      /* An event is news, not state: it is not worth another reconciliation. */
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        log.warn("no event {} of {}: {}", reason, resource.getMetadata().getName(), e.getMessage());
      }
    }
  }
}
