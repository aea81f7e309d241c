package dev.rote.figures.study;

import dev.rote.figures.study.ScoredExamples.Column;
import dev.rote.v1.Metric;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * The examples of which something holds in every repetition, among those that all of them score.
 */
public final class SharedShare {
  private final Map<Integer, Boolean> holds = new HashMap<>();
  private int repetitions;

  SharedShare() {}

  /** Adds one repetition; one without the score leaves no example. */
  void add(ScoredExamples scored, Metric metric) {
    Map<Integer, Boolean> here = new HashMap<>();
    Optional<Column> column = scored.score(metric.getScore());
    for (int i = 0; column.isPresent() && i < scored.examples(); i++) {
      float value = column.get().ordered(i);
      if (!Float.isNaN(value)) {
        here.put(scored.sourceIndex(i), ScoreMetrics.isWithin(metric, value));
      }
    }
    if (repetitions++ == 0) {
      holds.putAll(here);
      return;
    }
    for (Iterator<Map.Entry<Integer, Boolean>> all = holds.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<Integer, Boolean> example = all.next();
      Boolean too = here.get(example.getKey());
      if (too == null) {
        all.remove();
      } else {
        example.setValue(example.getValue() && too);
      }
    }
  }

  /** Examples that every repetition scores. */
  public int examples() {
    return holds.size();
  }

  /** Share of them of which it holds in every repetition; NaN without any. */
  public double share() {
    long all = holds.values().stream().filter(it -> it).count();
    return holds.isEmpty() ? Double.NaN : all / (double) holds.size();
  }

  /** Repetitions that were added. */
  public int repetitions() {
    return repetitions;
  }
}
