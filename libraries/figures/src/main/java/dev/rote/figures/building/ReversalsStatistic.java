package dev.rote.figures.building;

import dev.rote.figures.building.Finding.Bound;
import dev.rote.figures.building.Finding.Found;
import dev.rote.figures.building.Finding.Undecided;
import dev.rote.figures.statistics.Interval;
import dev.rote.figures.statistics.MeanInterval;
import dev.rote.v1.Reversals;
import dev.rote.v1.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How many pairs of labels two terms order differently: the 95 % intervals of the differences,
 * paired by repetition, lie on opposite sides of zero. Pairs are not corrected for their number: of
 * m pairs without any difference in two independent terms, m / 800 are expected to be counted (both
 * intervals miss zero with 1/20 each, on opposite sides with 1/2).
 *
 * <p>A pair with a censored value is not counted, so that the count is a lower bound then.
 */
final class ReversalsStatistic {
  private final TermValues terms;

  ReversalsStatistic(TermValues terms) {
    this.terms = terms;
  }

  Finding find(Reversals reversals) {
    List<String> labels = reversals.getLabelsList();
    List<Samples> first = samples(reversals.getFirst(), labels);
    List<Samples> second = samples(reversals.getSecond(), labels);
    Optional<Undecided> undecided =
        Stream.concat(first.stream(), second.stream())
            .flatMap(samples -> samples.undecided().stream())
            .findFirst();
    if (undecided.isPresent()) {
      return undecided.get();
    }
    List<String> reversed = new ArrayList<>();
    int censored = 0;
    for (int i = 0; i < labels.size(); i++) {
      for (int j = i + 1; j < labels.size(); j++) {
        String pair = labels.get(i) + " minus " + labels.get(j);
        if (isCensored(first, i, j) || isCensored(second, i, j)) {
          censored++;
          continue;
        }
        Interval a = difference(first, i, j);
        Interval b = difference(second, i, j);
        if (Math.min(a.samples(), b.samples()) < 2) {
          return new Undecided("an order needs at least 2 repetitions of both sides of " + pair);
        }
        if ((a.low() > 0 && b.high() < 0) || (a.high() < 0 && b.low() > 0)) {
          reversed.add(
              Wording.format(
                  "%s: %s and %s",
                  pair, Wording.number(a.estimate()), Wording.number(b.estimate())));
        }
      }
    }
    return new Found(
        reversed.size(),
        words(reversals)
            + (reversed.isEmpty() ? " (none)" : " (" + String.join("; ", reversed) + ")")
            + (censored == 0 ? "" : ", at least: " + censored + " pairs are censored"),
        censored == 0 ? Bound.EXACT : Bound.AT_LEAST);
  }

  /**
   * Pairs whose means stand in opposite orders: over draws of the means that the repetitions leave
   * possible, so that pairs are corrected for their number.
   */
  Evidence evidence(Reversals reversals) {
    List<String> labels = reversals.getLabelsList();
    List<Samples> all = new ArrayList<>(samples(reversals.getFirst(), labels));
    all.addAll(samples(reversals.getSecond(), labels));
    Optional<Evidence.Never> never = ClaimEvidence.never(all);
    if (never.isPresent()) {
      return never.get();
    }
    if (all.stream().anyMatch(samples -> samples.censored() > 0)) {
      return new Evidence.Never("a censored value has no place in an order: " + words(reversals));
    }
    int count = labels.size();
    return new Evidence.OfMeans(
        ClaimEvidence.rows(all), means -> reversed(means, count), words(reversals));
  }

  private static int reversed(double[] means, int labels) {
    int reversed = 0;
    for (int i = 0; i < labels; i++) {
      for (int j = i + 1; j < labels; j++) {
        double first = means[i] - means[j];
        double second = means[labels + i] - means[labels + j];
        reversed += first * second < 0 ? 1 : 0;
      }
    }
    return reversed;
  }

  private List<Samples> samples(Term term, List<String> labels) {
    return labels.stream().map(label -> terms.of(term, label)).toList();
  }

  private static boolean isCensored(List<Samples> samples, int i, int j) {
    return samples.get(i).censored() + samples.get(j).censored() > 0;
  }

  /** Label i minus label j; NaN over no repetition when they share none. */
  private static Interval difference(List<Samples> samples, int i, int j) {
    Samples a = samples.get(i).pairedWith(samples.get(j));
    Samples b = samples.get(j).pairedWith(samples.get(i));
    return a.size() == 0
        ? Interval.point(Double.NaN, 0)
        : MeanInterval.ofDifferences(a.array(), b.array());
  }

  static String words(Reversals reversals) {
    return "pairs of "
        + String.join(", ", reversals.getLabelsList())
        + " whose order is reversed between the "
        + TermWords.of(reversals.getFirst(), "")
        + " and the "
        + TermWords.of(reversals.getSecond(), "");
  }
}
