package dev.rote.spec;

import dev.rote.v1.TrialSpec;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One cell of a grid.
 *
 * @param index position in the grid, from 0; repetitions vary fastest, then the last axis; in a
 *     sweep that repeats until judged, repetitions vary slowest
 * @param labels axis name to label, in the order of the axes
 * @param repetition from 0
 * @param trial what is trained, all defaults filled in
 */
public record Cell(long index, Map<String, String> labels, int repetition, TrialSpec trial) {

  /** Where it is, at the end of a sentence about it; empty for the only one. */
  public String words() {
    String words =
        labels.entrySet().stream()
            .map(label -> label.getKey() + "=" + label.getValue())
            .collect(Collectors.joining(", "));
    return words.isEmpty() ? "" : " (in the cell " + words + ")";
  }
}
