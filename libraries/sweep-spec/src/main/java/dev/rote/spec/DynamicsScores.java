package dev.rote.spec;

import dev.rote.v1.DynamicsMeasure.Score;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What is true of scores of training dynamics, for whoever checks and whoever computes them. */
public final class DynamicsScores {
  /*
   * What there was when the measurement was new. A later score has to be asked for, or measurements
   * would get other identities.
   */
  static final Set<Score> DEFAULT = EnumSet.range(Score.FIRST_LEARNED, Score.AUM);

  private static final Set<Score> OF_PRESENTATIONS =
      EnumSet.of(
          Score.FIRST_LEARNED, Score.FORGETTING, Score.CSL, Score.AUM, Score.AUM_OVER_THRESHOLD);

  private DynamicsScores() {}

  /** Whether it looks at presentations; if not, at the ends of epochs. */
  public static boolean ofPresentations(Score score) {
    return OF_PRESENTATIONS.contains(score);
  }

  /** Name of a score in results, in lowerCamelCase. */
  public static String name(Score score) {
    return TreePlaces.lowerCamelCase(score.name().toLowerCase(Locale.ROOT));
  }
}
