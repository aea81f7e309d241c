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
  public static final String ENGINE = "2";

  /** Those whose checkpoints mean the same, and are opened. */
  public static final List<String> READABLE_ENGINES = List.of(ENGINE);

  /** Of the metrics: part of every measurement's id. */
  public static final String METRICS = "3";

  private SemanticVersions() {}
}
