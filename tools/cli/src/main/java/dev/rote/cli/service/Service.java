package dev.rote.cli.service;

import java.util.Locale;

/** One of Rote's gRPC services. */
public enum Service {
  SWEEPS,
  CORRUPTION,
  TRAINER,
  METRICS;

  /** Such as {@code sweeps}: the option {@code --sweeps} gives its address. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Environment variable with its address, such as {@code ROTE_SWEEPS}. */
  public String variable() {
    return "ROTE_" + name();
  }
}
