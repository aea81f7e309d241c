package dev.rote.figures.report;

import dev.rote.v1.Coverage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is behind a report, in words: trials that are missing, and those that diverged. */
public final class CoverageWords {
  private CoverageWords() {}

  /** Whether trials of the sweep have not come to an end of their own. */
  public static boolean isPartial(Coverage coverage) {
    return coverage.getUnfinished() + coverage.getCancelled() > 0;
  }

  /**
   * Such as {@code Partial: results of 7 of 12 trials; 4 unfinished, 1 failed. Claims that need the
   * others are undecided.}, and what diverged; empty when all is there.
   */
  public static List<String> of(Coverage coverage) {
    List<String> sentences = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    add(missing, coverage.getUnfinished(), "unfinished");
    add(missing, coverage.getCancelled(), "cancelled");
    add(missing, coverage.getFailed(), "failed");
    if (!missing.isEmpty()) {
      String results =
          String.format(
              Locale.ROOT,
              "results of %,d of %,d trials; %s.",
              coverage.getDone(),
              coverage.getCells(),
              String.join(", ", missing));
      sentences.add(
          isPartial(coverage)
              ? "Partial: " + results + " Claims that need the others are undecided."
              : "There are " + results);
    }
    if (coverage.getDiverged() > 0) {
      sentences.add(
          String.format(
              Locale.ROOT,
              "%,d of %,d trials diverged: their loss was no number any more. They have no final"
                  + " values, and claims that need one are undecided unless they say otherwise.",
              coverage.getDiverged(),
              coverage.getCells()));
    }
    return List.copyOf(sentences);
  }

  private static void add(List<String> missing, long count, String what) {
    if (count > 0) {
      missing.add(String.format(Locale.ROOT, "%,d %s", count, what));
    }
  }
}
