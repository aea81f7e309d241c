package dev.rote.operator.resource;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code kubectl get} shows of a sweep.
 *
 * @param observedGeneration the generation of the spec that was last handed in
 * @param sweepId id in the sweeps service
 * @param trials done of total, such as {@code 12/60}
 * @param eta time left, such as {@code 3m20s}; absent when unknown
 * @param submitted RFC 3339
 * @param transitioned RFC 3339, of the last change of the sweep's phase
 * @param retries how far {@code spec.retryFailed} was carried out
 * @param reportUri where the report lies, once there is one
 * @param verdicts the report's claims
 * @param claims those that hold of all, such as {@code 10/10}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SweepResourceStatus(
    long observedGeneration,
    Phase phase,
    @Nullable String sweepId,
    @Nullable Counts counts,
    @Nullable String trials,
    @Nullable Progress progress,
    @Nullable String eta,
    @Nullable String submitted,
    @Nullable String transitioned,
    @Nullable Long retries,
    @Nullable List<Failure> failures,
    @Nullable String reportUri,
    @Nullable Verdicts verdicts,
    @Nullable String claims,
    List<Condition> conditions) {

  /** Where a sweep stands. */
  public enum Phase {
    Pending,
    Refused,
    Running,
    Paused,
    Reporting,
    Completed,
    Failed,
    Cancelled
  }

  /** Trials by state. */
  public record Counts(
      long total,
      long pending,
      long running,
      long done,
      long failed,
      long cancelled,
      long reused,
      long diverged) {}

  /**
   * Claims by verdict.
   *
   * @param undecided with those that follow
   * @param futile given up, of a sweep that repeats until judged
   * @param open wait for more repetitions, of such a sweep
   */
  public record Verdicts(
      long holding, long failing, long undecided, @Nullable Long futile, @Nullable Long open) {}

  /**
   * How far.
   *
   * @param percent of training and measuring, rounded down
   */
  public record Progress(long epochsDone, long epochsTotal, int percent) {}

  /** Why one trial, or the report, failed. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Failure(long trial, String step, String reason) {}

  /**
   * One truth about the sweep.
   *
   * @param lastTransitionTime RFC 3339, of the last change of {@code status}
   */
  public record Condition(
      String type,
      String status,
      String reason,
      String message,
      String lastTransitionTime,
      long observedGeneration) {}

  /** The condition of a type. */
  public Optional<Condition> condition(String type) {
    return conditions.stream().filter(condition -> condition.type().equals(type)).findFirst();
  }
}
