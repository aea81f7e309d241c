package dev.rote.spec;

import java.util.List;

/**
 * Versions of what the numbers mean. A change that gives other bits for the same specification
 * raises the version, and with it every id, so that stored results are never mixed with new ones.
 */
public final class SemanticVersions {
  /** Of datasets and corruption: part of every variant's id. */
  public static final String CORRUPTION = "1";

  /** Of the training engine: part of every trial's id. */
  public static final String ENGINE = "3";

  /** Those whose checkpoints mean the same, and are opened: since 2 only evaluation has changed. */
  public static final List<String> READABLE_ENGINES = List.of("2", ENGINE);

  /** Of the metrics: part of every measurement's id. */
  public static final String METRICS = "4";

  private SemanticVersions() {}
}
