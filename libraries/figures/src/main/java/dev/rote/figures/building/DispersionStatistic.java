package dev.rote.figures.building;

import dev.rote.figures.building.Finding.Found;
import dev.rote.figures.building.Finding.Undecided;
import dev.rote.figures.statistics.CarriedDispersion;
import dev.rote.figures.statistics.Dispersion;
import dev.rote.figures.statistics.Interval;
import dev.rote.figures.statistics.Resampling;
import dev.rote.figures.statistics.WithinClassDispersion;
import dev.rote.figures.study.ErrorCounts;
import dev.rote.figures.study.StudyData;
import dev.rote.v1.ClaimSpec;
import dev.rote.v1.Difference;
import dev.rote.v1.Metric;
import dev.rote.v1.Term;
import java.util.List;
import java.util.Optional;

/** Claims about dispersions, which have one value a line and intervals over examples. */
final class DispersionStatistic {
  private final StudyData data;
  private final TermValues terms;
  private final int atMost;

  DispersionStatistic(StudyData data, TermValues terms) {
    this(data, terms, 0);
  }

  /**
   * @param atMost repetitions at which evidence is judged
   */
  DispersionStatistic(StudyData data, TermValues terms, int atMost) {
    this.data = data;
    this.terms = terms;
    this.atMost = atMost;
  }

  Evidence evidence(Term term) {
    String words = TermWords.of(term, term.getLabel());
    Optional<String> lacking = lacking(List.of(term));
    Optional<ErrorCounts> found = counts(term);
    if (lacking.isPresent() || found.isEmpty()) {
      return new Evidence.Never(lacking.orElse(Undecided.missing(words).reason()));
    }
    ErrorCounts counts = found.get();
    int repetitions = counts.repetitions();
    if (isWithinClasses(term) && counts.labels().isEmpty()) {
      return new Evidence.Never(withoutClasses(words).reason());
    }
    return repetitions < 2
        ? new Evidence.Never("one repetition says nothing of its dispersion: " + words)
        : new Evidence.OfExamples(
            level -> carriedOn(isWithinClasses(term), counts).at(level), words + carriedOnWords());
  }

  /** What repetitions so far let expect of the last look: dispersions grow with them. */
  private CarriedDispersion carriedOn(boolean withinClasses, ErrorCounts counts) {
    return withinClasses
        ? CarriedDispersion.withinClasses(counts.table(), labels(counts), atMost)
        : CarriedDispersion.overall(counts.table(), atMost);
  }

  private String carriedOnWords() {
    return " as of " + Wording.repetitions(atMost) + ", over examples and further repetitions";
  }

  Evidence evidence(Difference difference, String words) {
    Term minuend = difference.getMinuend();
    Term subtrahend = difference.getSubtrahend();
    if (minuend.getMetric().getKind() != subtrahend.getMetric().getKind()) {
      return new Evidence.Never("dispersions of different kinds cannot be compared");
    }
    Optional<String> lacking = lacking(List.of(minuend, subtrahend));
    Optional<ErrorCounts> a = counts(minuend);
    Optional<ErrorCounts> b = counts(subtrahend);
    if (lacking.isPresent() || a.isEmpty() || b.isEmpty()) {
      return new Evidence.Never(lacking.orElse(Undecided.missing(words).reason()));
    }
    if (isWithinClasses(minuend) && (a.get().labels().isEmpty() || b.get().labels().isEmpty())) {
      return new Evidence.Never(withoutClasses(words).reason());
    }
    int repetitions = a.get().repetitions();
    if (repetitions != b.get().repetitions() || repetitions < 2) {
      return new Evidence.Never(
          "dispersions of unlike numbers of repetitions cannot be compared: " + words);
    }
    boolean withinClasses = isWithinClasses(minuend);
    return new Evidence.OfExamples(
        level ->
            CarriedDispersion.ofDifference(
                carriedOn(withinClasses, a.get()), carriedOn(withinClasses, b.get()), level),
        words + carriedOnWords());
  }

  private Optional<String> lacking(List<Term> needed) {
    return needed.stream()
        .flatMap(
            term -> terms.gapsOfLine(term).obstacle(TermWords.of(term, term.getLabel())).stream())
        .findFirst();
  }

  Finding value(Term term) {
    String words = TermWords.of(term, term.getLabel());
    Optional<String> lacking = terms.gapsOfLine(term).obstacle(words);
    if (lacking.isPresent()) {
      return new Undecided(lacking.get());
    }
    Optional<ErrorCounts> found = counts(term);
    if (found.isEmpty()) {
      return Undecided.missing(words);
    }
    ErrorCounts counts = found.get();
    if (isWithinClasses(term) && counts.labels().isEmpty()) {
      return withoutClasses(words);
    }
    Interval dispersion =
        isWithinClasses(term)
            ? WithinClassDispersion.of(counts.errors(), labels(counts), counts.repetitions())
            : Dispersion.of(counts.errors(), counts.repetitions());
    return new Found(
        dispersion.estimate(),
        words
            + " over "
            + Wording.repetitions(counts.repetitions())
            + Wording.format(
                " and %d examples (95 %% bootstrap interval %s to %s)",
                dispersion.samples(),
                Wording.number(dispersion.low()),
                Wording.number(dispersion.high())));
  }

  Finding difference(Difference difference, String words, ClaimSpec.Comparison comparison) {
    Term minuend = difference.getMinuend();
    Term subtrahend = difference.getSubtrahend();
    if (minuend.getMetric().getKind() != subtrahend.getMetric().getKind()) {
      return new Undecided("dispersions of different kinds cannot be compared");
    }
    for (Term term : List.of(minuend, subtrahend)) {
      Optional<String> lacking =
          terms.gapsOfLine(term).obstacle(TermWords.of(term, term.getLabel()));
      if (lacking.isPresent()) {
        return new Undecided(lacking.get());
      }
    }
    Optional<ErrorCounts> a = counts(minuend);
    Optional<ErrorCounts> b = counts(subtrahend);
    if (a.isEmpty() || b.isEmpty()) {
      return Undecided.missing(words);
    }
    if (isWithinClasses(minuend) && (a.get().labels().isEmpty() || b.get().labels().isEmpty())) {
      return withoutClasses(words);
    }
    Interval interval = difference(isWithinClasses(minuend), a.get(), b.get(), Resampling.USUAL);
    boolean high = Comparisons.favoursHigh(comparison);
    return new Found(
        high ? interval.low() : interval.high(),
        words
            + Wording.format(
                ": %s end of the 95 %% bootstrap interval over %d examples (difference %s)",
                high ? "lower" : "upper", interval.samples(), Wording.number(interval.estimate())));
  }

  private static Interval difference(
      boolean withinClasses, ErrorCounts a, ErrorCounts b, Resampling resampling) {
    return withinClasses
        ? WithinClassDispersion.ofDifference(
            a.errors(),
            labels(a),
            a.repetitions(),
            b.errors(),
            labels(b),
            b.repetitions(),
            resampling)
        : Dispersion.ofDifference(
            a.errors(), a.repetitions(), b.errors(), b.repetitions(), resampling);
  }

  private static Undecided withoutClasses(String words) {
    return new Undecided(
        "examples do not have a label that they keep over all repetitions, for: " + words);
  }

  private static boolean isWithinClasses(Term term) {
    return term.getMetric().getKind() == Metric.Kind.DISPERSION_WITHIN_CLASSES;
  }

  private static int[] labels(ErrorCounts counts) {
    return counts.labels().orElseThrow();
  }

  /** The error counts whose dispersion the term stands for; empty when there are none. */
  private Optional<ErrorCounts> counts(Term term) {
    return Moments.at(
        data.counts(term.getMetric().getMeasurement(), terms.line(term, term.getLabel())),
        term,
        counts -> estimate(term, counts));
  }

  private static double estimate(Term term, ErrorCounts counts) {
    if (!isWithinClasses(term)) {
      return Dispersion.estimate(counts.errors(), counts.repetitions());
    }
    return counts
        .labels()
        .map(
            labels -> WithinClassDispersion.estimate(counts.errors(), labels, counts.repetitions()))
        .orElse(Double.NaN);
  }
}
