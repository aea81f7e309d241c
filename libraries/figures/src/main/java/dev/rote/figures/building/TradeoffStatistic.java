package dev.rote.figures.building;

import dev.rote.figures.building.Finding.Bound;
import dev.rote.figures.building.Finding.Found;
import dev.rote.figures.building.Finding.Undecided;
import dev.rote.figures.statistics.LeastSquares;
import dev.rote.figures.statistics.MeanInterval;
import dev.rote.figures.study.Observation;
import dev.rote.v1.ClaimSpec;
import dev.rote.v1.Term;
import dev.rote.v1.TradeoffGap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What one family of points (x, y) has more of than another, paired by repetition.
 *
 * <p>{@code LOWEST_X}: each family picks, by means over repetitions, the label of the smallest x
 * among those whose y is at least that of the reference less the slack; the reference itself always
 * qualifies. Judged is the difference of x at the two picked labels. The interval does not know
 * that the labels were picked by the same repetitions: it is that of two labels fixed beforehand.
 *
 * <p>{@code SLOPE}: least-squares slope of y against x over the points of a family, for each
 * repetition; judged is the difference of the slopes.
 *
 * <p>A point that is missing, or censored in either direction, leaves the claim undecided.
 */
final class TradeoffStatistic {
  private final TermValues terms;

  TradeoffStatistic(TermValues terms) {
    this.terms = terms;
  }

  /** A label's samples in both directions. */
  private record Point(Samples x, Samples y) {
    double meanX() {
      return MeanInterval.of(x.array()).estimate();
    }

    double meanY() {
      return MeanInterval.of(y.array()).estimate();
    }
  }

  Finding find(TradeoffGap gap, ClaimSpec.Comparison comparison) {
    Map<String, Point> points = new LinkedHashMap<>();
    Optional<Undecided> obstacle = gather(gap, points);
    if (obstacle.isPresent()) {
      return obstacle.get();
    }
    return switch (gap.getCompare()) {
      case LOWEST_X -> lowestX(gap, points, comparison);
      case SLOPE -> slope(gap, points, comparison);
      case UNSPECIFIED, UNRECOGNIZED -> new Undecided("the claim does not say what it compares");
    };
  }

  /** Puts the points of both families, or says why they cannot be told. */
  private Optional<Undecided> gather(TradeoffGap gap, Map<String, Point> points) {
    Set<String> labels = family(gap, gap.getAgainstList());
    labels.addAll(gap.getLabelsList());
    for (String label : labels) {
      Point point = new Point(terms.of(x(gap), label), terms.of(y(gap), label));
      Optional<Undecided> undecided = point.x().undecided().or(point.y()::undecided);
      if (undecided.isPresent()) {
        return undecided;
      }
      for (Samples samples : List.of(point.x(), point.y())) {
        if (samples.censored() > 0) {
          return Optional.of(
              new Undecided(
                  samples.words()
                      + " is censored in "
                      + samples.censored()
                      + " of "
                      + Wording.repetitions(samples.size())));
        }
      }
      points.put(label, point);
    }
    return Optional.empty();
  }

  /** Of {@code LOWEST_X} the labels are picked anew for each draw of the means. */
  Evidence evidence(TradeoffGap gap) {
    Map<String, Point> points = new LinkedHashMap<>();
    Optional<Undecided> obstacle = gather(gap, points);
    if (obstacle.isPresent()) {
      return new Evidence.Never(obstacle.get().reason());
    }
    return switch (gap.getCompare()) {
      case LOWEST_X -> lowestX(gap, points);
      case SLOPE -> {
        Slopes slopes = slopes(gap, points);
        yield slopes.obstacle().isPresent()
            ? new Evidence.Never(slopes.obstacle().get().reason())
            : ClaimEvidence.paired(slopes.theirs(), slopes.ours(), words(gap));
      }
      case UNSPECIFIED, UNRECOGNIZED ->
          new Evidence.Never("the claim does not say what it compares");
    };
  }

  private static Evidence lowestX(TradeoffGap gap, Map<String, Point> points) {
    List<String> labels = List.copyOf(points.keySet());
    List<Samples> all = new ArrayList<>();
    labels.forEach(label -> all.add(point(points, label).x()));
    labels.forEach(label -> all.add(point(points, label).y()));
    Optional<Evidence.Never> never = ClaimEvidence.never(all);
    if (never.isPresent()) {
      return never.get();
    }
    Set<String> against = family(gap, gap.getAgainstList());
    Set<String> ours = family(gap, gap.getLabelsList());
    int reference = labels.size() + labels.indexOf(gap.getReference());
    return new Evidence.OfMeans(
        ClaimEvidence.rows(all),
        means -> {
          double bar = means[reference] - gap.getSlack();
          return lowest(against, labels, means, bar) - lowest(ours, labels, means, bar);
        },
        words(gap));
  }

  private static double lowest(
      Set<String> family, List<String> labels, double[] means, double bar) {
    double least = Double.POSITIVE_INFINITY;
    for (String label : family) {
      int at = labels.indexOf(label);
      if (means[labels.size() + at] >= bar) {
        least = Math.min(least, means[at]);
      }
    }
    return least;
  }

  private static Finding lowestX(
      TradeoffGap gap, Map<String, Point> points, ClaimSpec.Comparison comparison) {
    double bar = point(points, gap.getReference()).meanY() - gap.getSlack();
    String theirs = lowest(family(gap, gap.getAgainstList()), points, bar);
    String ours = lowest(family(gap, gap.getLabelsList()), points, bar);
    String words =
        TermWords.of(x(gap), theirs)
            + " minus that of "
            + ours
            + ", each the lowest of its family with a "
            + TermWords.of(y(gap), "")
            + " of at least "
            + Wording.number(bar);
    return PairedDifference.of(
        point(points, theirs).x(), point(points, ours).x(), words, comparison);
  }

  private static String lowest(Set<String> family, Map<String, Point> points, double bar) {
    String lowest = "";
    double least = Double.POSITIVE_INFINITY;
    for (String label : family) {
      Point point = point(points, label);
      if (point.meanY() >= bar && point.meanX() < least) {
        least = point.meanX();
        lowest = label;
      }
    }
    return lowest;
  }

  private static Finding slope(
      TradeoffGap gap, Map<String, Point> points, ClaimSpec.Comparison comparison) {
    String words = words(gap);
    Slopes slopes = slopes(gap, points);
    if (slopes.obstacle().isPresent()) {
      return slopes.obstacle().get();
    }
    Finding finding = PairedDifference.of(slopes.theirs(), slopes.ours(), words, comparison);
    return finding instanceof Found found
        ? new Found(
            found.statistic(),
            found.words()
                + Wording.format(
                    "; mean slopes %s and %s",
                    Wording.number(mean(slopes.theirs().values())),
                    Wording.number(mean(slopes.ours().values()))),
            Bound.EXACT)
        : finding;
  }

  /** Slopes of both families, one a repetition, or why there are none. */
  private record Slopes(Samples theirs, Samples ours, Optional<Undecided> obstacle) {}

  private static Slopes slopes(TradeoffGap gap, Map<String, Point> points) {
    String words = words(gap);
    Set<String> against = family(gap, gap.getAgainstList());
    Set<String> labels = family(gap, gap.getLabelsList());
    if (against.size() < 2 || labels.size() < 2) {
      return new Slopes(
          Samples.untold(words, ""),
          Samples.untold(words, ""),
          Optional.of(new Undecided("a slope needs a point beside the reference: " + words)));
    }
    NavigableMap<Integer, Observation> theirs = slopes(against, points);
    NavigableMap<Integer, Observation> ours = slopes(labels, points);
    boolean vertical =
        Stream.of(theirs, ours)
            .flatMap(slopes -> slopes.values().stream())
            .anyMatch(slope -> Double.isNaN(slope.value()));
    return new Slopes(
        Samples.of(words, theirs, Gaps.NONE),
        Samples.of(words, ours, Gaps.NONE),
        vertical
            ? Optional.of(new Undecided("all points of a family have the same x, for: " + words))
            : Optional.empty());
  }

  /** Slope of each repetition that has all points of a family. */
  private static NavigableMap<Integer, Observation> slopes(
      Set<String> family, Map<String, Point> points) {
    List<Point> all = family.stream().map(label -> point(points, label)).toList();
    NavigableMap<Integer, Observation> slopes = new TreeMap<>();
    for (int repetition : all.get(0).x().values().keySet()) {
      List<Observation> x = at(repetition, all.stream().map(Point::x).toList());
      List<Observation> y = at(repetition, all.stream().map(Point::y).toList());
      if (x.size() == all.size() && y.size() == all.size()) {
        slopes.put(
            repetition,
            Observation.of(
                LeastSquares.slope(
                    x.stream().mapToDouble(Observation::value).toArray(),
                    y.stream().mapToDouble(Observation::value).toArray())));
      }
    }
    return slopes;
  }

  private static List<Observation> at(int repetition, List<Samples> samples) {
    return samples.stream()
        .flatMap(one -> Optional.ofNullable(one.values().get(repetition)).stream())
        .toList();
  }

  private static double mean(NavigableMap<Integer, Observation> values) {
    return values.values().stream().mapToDouble(Observation::value).average().orElse(Double.NaN);
  }

  private static Point point(Map<String, Point> points, String label) {
    Point point = points.get(label);
    if (point == null) {
      throw new IllegalStateException("no point of " + label + " among " + points.keySet());
    }
    return point;
  }

  /** The labels of a family, the reference first. */
  private static Set<String> family(TradeoffGap gap, List<String> labels) {
    Set<String> family = new LinkedHashSet<>();
    family.add(gap.getReference());
    family.addAll(labels);
    return family;
  }

  private static Term x(TradeoffGap gap) {
    return gap.getX().toBuilder().setSeries(gap.getSeries()).build();
  }

  private static Term y(TradeoffGap gap) {
    return gap.getY().toBuilder().setSeries(gap.getSeries()).build();
  }

  static String words(TradeoffGap gap) {
    String against = String.join(", ", family(gap, gap.getAgainstList()));
    String labels = String.join(", ", family(gap, gap.getLabelsList()));
    String x = TermWords.of(x(gap), "");
    String y = TermWords.of(y(gap), "");
    return switch (gap.getCompare()) {
      case LOWEST_X, UNSPECIFIED, UNRECOGNIZED ->
          "lowest " + x + " at a kept " + y + " over " + against + " minus that over " + labels;
      case SLOPE ->
          "slope of the "
              + y
              + " against the "
              + x
              + " over "
              + against
              + " minus that over "
              + labels;
    };
  }
}
