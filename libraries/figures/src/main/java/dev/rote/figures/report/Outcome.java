package dev.rote.figures.report;

import dev.rote.v1.Figure;
import dev.rote.v1.Verdict;
import java.util.List;
import java.util.Locale;

/** What a verdict says of its claim. */
public enum Outcome {
  HOLDS("holds"),
  FAILS("does not hold"),
  UNDECIDED("undecided");

  private final String words;

  Outcome(String words) {
    this.words = words;
  }

  /** As it is said of a claim, such as {@code does not hold}. */
  public String words() {
    return words;
  }

  public static Outcome of(Verdict verdict) {
    if (!verdict.getUndecided().isEmpty()) {
      return UNDECIDED;
    }
    return verdict.getHolds() ? HOLDS : FAILS;
  }

  /** Claims of these figures that came out so. */
  public long count(List<Figure> figures) {
    return countOf(verdicts(figures));
  }

  private long countOf(List<Verdict> verdicts) {
    return verdicts.stream().filter(verdict -> of(verdict) == this).count();
  }

  private static List<Verdict> verdicts(List<Figure> figures) {
    return figures.stream().flatMap(figure -> figure.getVerdictsList().stream()).toList();
  }

  static String summary(List<Figure> figures) {
    return summaryOf(verdicts(figures));
  }

  /** Such as {@code 3 of 4 claims hold, 1 undecided}. */
  public static String summaryOf(List<Verdict> verdicts) {
    long undecided = UNDECIDED.countOf(verdicts);
    return HOLDS.countOf(verdicts)
        + " of "
        + verdicts.size()
        + (verdicts.size() == 1 ? " claim holds" : " claims hold")
        + (undecided > 0 ? ", " + undecided + " undecided" : "");
  }

  /** The words in a frame. */
  String badge() {
    return "<span class=\"badge " + name().toLowerCase(Locale.ROOT) + "\">" + words + "</span>";
  }
}
