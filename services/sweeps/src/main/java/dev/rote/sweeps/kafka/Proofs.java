package dev.rote.sweeps.kafka;

import com.google.protobuf.ByteString;
import dev.rote.v1.RenewLeaseRequest;
import dev.rote.v1.WorkflowEvent;
import dev.rote.workqueue.RecordProof;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/**
 * Secrets of leases and of the log, all made of one that this service alone has: nothing of them is
 * stored, and none stands in the log.
 */
public final class Proofs {
  private final ByteString secret;
  private final boolean unprovenToo;

  private Proofs(ByteString secret, boolean unprovenToo) {
    this.secret = secret;
    this.unprovenToo = unprovenToo;
  }

  /** Asks for no proofs, and gives none. */
  public static Proofs none() {
    return new Proofs(ByteString.EMPTY, true);
  }

  /**
   * Asks for proofs.
   *
   * @param secret the same in all replicas of the service
   * @param unprovenToo whether what carries no proof counts, too, as what workers of an earlier
   *     release write; a wrong one never does
   */
  public static Proofs of(String secret, boolean unprovenToo) {
    if (secret.isBlank()) {
      throw new IllegalArgumentException("the secret of the workflow must not be empty");
    }
    return new Proofs(ByteString.copyFromUtf8(secret), unprovenToo);
  }

  /** Whether what carries no proof does not count. */
  public boolean required() {
    return !unprovenToo;
  }

  /** The secret that proves what this service writes; empty for none. */
  ByteString log() {
    return derived("log");
  }

  /** The secret of an attempt; empty where no proofs are asked for. */
  public ByteString lease(String workId, int attempt) {
    return derived("lease\n" + workId + "\n" + attempt);
  }

  /** A claim's name in the log, from which nobody tells the one that repeats the claim. */
  public String claim(String claimId) {
    return secret.isEmpty()
        ? claimId
        : HexFormat.of().formatHex(derived("claim\n" + claimId).toByteArray());
  }

  private ByteString derived(String use) {
    return secret.isEmpty()
        ? ByteString.EMPTY
        : ByteString.copyFrom(RecordProof.of(secret, use.getBytes(StandardCharsets.UTF_8)));
  }

  /** Whether a renewal is of whoever has the lease, as far as it can tell. */
  public boolean accepts(RenewLeaseRequest renewal) {
    ByteString shown = renewal.getLeaseSecret();
    if (shown.isEmpty()) {
      return unprovenToo;
    }
    return secret.isEmpty()
        || MessageDigest.isEqual(
            shown.toByteArray(), lease(renewal.getWorkId(), renewal.getAttempt()).toByteArray());
  }

  /**
   * Whether a record of the log is of a writer that may write it.
   *
   * @param value of the record, which the event was read from
   */
  boolean accepts(WorkflowEvent event, byte[] value, Headers headers) {
    if (secret.isEmpty()) {
      return true;
    }
    Optional<byte[]> proof = RecordProof.in(headers);
    return proof.isEmpty()
        ? unprovenToo || isOpen(event)
        : RecordProof.holds(proof.get(), secretOf(event), value);
  }

  /* A worker that has no lease has no secret; that a sweep goes on where it stands does no harm. */
  private static boolean isOpen(WorkflowEvent event) {
    return event.hasWorkerAnnounced() || event.hasSweepAdvanced();
  }

  private ByteString secretOf(WorkflowEvent event) {
    return switch (event.getEventCase()) {
      case WORK_COMPLETED ->
          lease(event.getWorkCompleted().getWorkId(), event.getWorkCompleted().getAttempt());
      case WORK_FAILED ->
          lease(event.getWorkFailed().getWorkId(), event.getWorkFailed().getAttempt());
      case WORK_YIELDED ->
          lease(event.getWorkYielded().getWorkId(), event.getWorkYielded().getAttempt());
      default -> log();
    };
  }
}
