package dev.rote.sweeps.page;

import dev.rote.figures.ShortNumber;
import dev.rote.figures.report.CoverageWords;
import dev.rote.figures.report.Outcome;
import dev.rote.v1.ClaimLook;
import dev.rote.v1.Figure;
import dev.rote.v1.Report;
import dev.rote.v1.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a sweep found so far.
 *
 * @param sweepId of the sweep
 * @param moment that it is of, for the addresses of pictures
 * @param coverage what is missing, in sentences
 */
public record Findings(
    String sweepId,
    String moment,
    List<String> coverage,
    List<Claim> claims,
    List<Picture> figures) {

  /**
   * A claim as it stands.
   *
   * @param style name of its style
   * @param outcome such as {@code holds}
   * @param found such as {@code difference = 0.31; holds when above 0.1}, or why it is undecided
   */
  public record Claim(
      String style, String outcome, String claim, String figure, String found, List<Look> looks) {}

  /** What one look at a claim found. */
  public record Look(int repetitions, String estimate, String interval, String decision) {}

  /** A figure, whose picture is asked for by its name. */
  public record Picture(String name, String title, String paper, PictureSize size) {}

  static Findings of(Report report, String moment) {
    List<Claim> claims = new ArrayList<>();
    List<Picture> figures = new ArrayList<>();
    for (Figure figure : report.getFiguresList()) {
      String title = figure.getTitle().isEmpty() ? figure.getName() : figure.getTitle();
      figures.add(new Picture(figure.getName(), title, figure.getPaper(), PictureSize.of(figure)));
      figure.getVerdictsList().forEach(verdict -> claims.add(claim(figure.getName(), verdict)));
    }
    return new Findings(
        report.getSweepId(), moment, CoverageWords.of(report.getCoverage()), claims, figures);
  }

  private static Claim claim(String figure, Verdict verdict) {
    Outcome outcome = Outcome.of(verdict);
    String found =
        verdict.getUndecided().isEmpty()
            ? verdict.getStatisticName()
                + " = "
                + ShortNumber.of(verdict.getStatistic())
                + "; holds when "
                + verdict.getComparison()
                + " "
                + ShortNumber.of(verdict.getThreshold())
            : verdict.getUndecided();
    return new Claim(
        outcome.name().toLowerCase(Locale.ROOT),
        outcome.words(),
        verdict.getClaim(),
        figure,
        found,
        verdict.getLooksList().stream().map(Findings::look).toList());
  }

  private static Look look(ClaimLook look) {
    return new Look(
        look.getRepetitions(),
        ShortNumber.of(look.getStatistic()),
        ShortNumber.of(look.getLow()) + " to " + ShortNumber.of(look.getHigh()),
        look.getDecision().name().toLowerCase(Locale.ROOT));
  }
}
