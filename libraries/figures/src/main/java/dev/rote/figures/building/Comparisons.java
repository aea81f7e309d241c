package dev.rote.figures.building;

import dev.rote.figures.building.Finding.Bound;
import dev.rote.v1.ClaimSpec;

/** How statistics are compared with thresholds. */
final class Comparisons {

  private Comparisons() {}

  /** Whether a larger statistic speaks for the claim. */
  static boolean favoursHigh(ClaimSpec.Comparison comparison) {
    return switch (comparison) {
      case ABOVE, AT_LEAST, UNSPECIFIED, UNRECOGNIZED -> true;
      case BELOW, AT_MOST -> false;
    };
  }

  static boolean holds(double statistic, ClaimSpec claim) {
    double threshold = claim.getThreshold();
    return switch (claim.getComparison()) {
      case ABOVE, UNSPECIFIED, UNRECOGNIZED -> statistic > threshold;
      case BELOW -> statistic < threshold;
      case AT_LEAST -> statistic >= threshold;
      case AT_MOST -> statistic <= threshold;
    };
  }

  /** Whether no value beyond the bound would change the verdict at the bound. */
  static boolean settles(Bound bound, boolean holds, ClaimSpec.Comparison comparison) {
    return switch (bound) {
      case EXACT, ENDLESS -> true;
      case AT_LEAST -> holds == favoursHigh(comparison);
      case AT_MOST -> holds != favoursHigh(comparison);
    };
  }

  static String words(ClaimSpec.Comparison comparison) {
    return switch (comparison) {
      case ABOVE, UNSPECIFIED, UNRECOGNIZED -> "above";
      case BELOW -> "below";
      case AT_LEAST -> "at least";
      case AT_MOST -> "at most";
    };
  }
}
