package dev.rote.figures;

import java.util.Locale;

/** Spans of time as people read them. */
public final class ShortDuration {
  private ShortDuration() {}

  /** The two largest units: {@code 45s}, {@code 1m20s}, {@code 2h05m}, {@code 3d04h}. */
  public static String of(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + "s";
    }
    if (whole < 3600) {
      return String.format(Locale.ROOT, "%dm%02ds", whole / 60, whole % 60);
    }
    if (whole < 86_400) {
      return String.format(Locale.ROOT, "%dh%02dm", whole / 3600, whole % 3600 / 60);
    }
    return String.format(Locale.ROOT, "%dd%02dh", whole / 86_400, whole % 86_400 / 3600);
  }
}
