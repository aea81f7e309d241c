package dev.rote.cli.report;

import dev.rote.cli.output.Numbers;
import dev.rote.figures.report.Outcome;
import dev.rote.spec.VisibleText;
import dev.rote.v1.Figure;
import dev.rote.v1.Report;
import dev.rote.v1.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Verdicts as lines of text. */
public final class VerdictText {
  private VerdictText() {}

  /** A verdict with the figure it belongs to. */
  public record Judged(String figure, Verdict verdict) {}

  /** All verdicts of a report in the order of its figures. */
  public static List<Judged> of(Report report) {
    List<Judged> judged = new ArrayList<>();
    for (Figure figure : report.getFiguresList()) {
      figure.getVerdictsList().forEach(v -> judged.add(new Judged(figure.getName(), v)));
    }
    return judged;
  }

  /** One of {@code holds}, {@code does not hold} and {@code undecided}. */
  public static String word(Verdict verdict) {
    return Outcome.of(verdict).words();
  }

  /** What the claim was judged by, or why it could not be. */
  public static String basis(Verdict verdict) {
    return verdict.getUndecided().isEmpty() ? verdict.getStatisticName() : verdict.getUndecided();
  }

  /**
   * A line such as {@code holds fig1: real examples differ in difficulty (3.2, claimed above 2)}.
   */
  public static String line(Judged judged) {
    Verdict verdict = judged.verdict();
    String reason =
        verdict.getUndecided().isEmpty()
            ? String.format(
                "%s, claimed %s %s",
                Numbers.text(verdict.getStatistic()),
                verdict.getComparison(),
                Numbers.text(verdict.getThreshold()))
            : verdict.getUndecided();
    return VisibleText.line(
        String.format(
            "%-13s  %s: %s (%s)", word(verdict), judged.figure(), verdict.getClaim(), reason));
  }

  /** Such as {@code 8 of 10 claims hold, 1 undecided}. */
  public static String summary(List<Judged> judged) {
    return Outcome.summaryOf(judged.stream().map(Judged::verdict).toList());
  }
}
