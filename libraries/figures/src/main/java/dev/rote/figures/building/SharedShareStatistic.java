package dev.rote.figures.building;

import dev.rote.figures.building.Finding.Found;
import dev.rote.figures.building.Finding.Undecided;
import dev.rote.figures.study.SharedShare;
import dev.rote.figures.study.StudyData;
import dev.rote.v1.Difference;
import dev.rote.v1.Term;
import java.util.List;
import java.util.Optional;

/** Claims about shares of examples of which something holds in every repetition. */
final class SharedShareStatistic {
  private final StudyData data;
  private final TermValues terms;

  SharedShareStatistic(StudyData data, TermValues terms) {
    this.data = data;
    this.terms = terms;
  }

  Finding value(Term term) {
    String words = TermWords.of(term, term.getLabel());
    Optional<String> lacking = terms.gapsOfLine(term).obstacle(words);
    if (lacking.isPresent()) {
      return new Undecided(lacking.get());
    }
    return share(term)
        .<Finding>map(share -> new Found(share.share(), words + behind(share)))
        .orElseGet(() -> Undecided.missing(words));
  }

  private static String behind(SharedShare share) {
    return " over "
        + Wording.repetitions(share.repetitions())
        + Wording.format(" and %d examples", share.examples());
  }

  /** The plain difference: a share over all repetitions has no spread over them. */
  Finding difference(Difference difference, String words) {
    Finding minuend = value(difference.getMinuend());
    Finding subtrahend = value(difference.getSubtrahend());
    for (Finding side : List.of(minuend, subtrahend)) {
      if (side instanceof Undecided) {
        return side;
      }
    }
    return new Found(
        ((Found) minuend).statistic() - ((Found) subtrahend).statistic(),
        words + " (one share over all repetitions each: no interval)");
  }

  private Optional<SharedShare> share(Term term) {
    return Moments.at(
        data.shares(term.getMetric(), terms.line(term, term.getLabel())), term, SharedShare::share);
  }
}
