package dev.rote.figures.study;

import dev.rote.v1.Measurement;
import dev.rote.v1.TrialResult;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The results of a cell, each measurement fetched once however often it is asked for. */
final class MemoizedCell implements CellResults {
  private final CellResults cell;
  private final Map<String, Optional<Measurement>> fetched = new HashMap<>();

  MemoizedCell(CellResults cell) {
    this.cell = cell;
  }

  @Override
  public Map<String, String> labels() {
    return cell.labels();
  }

  @Override
  public int repetition() {
    return cell.repetition();
  }

  @Override
  public Fate.End end() {
    return cell.end();
  }

  @Override
  public Optional<TrialResult> trial() {
    return cell.trial();
  }

  @Override
  public Optional<Measurement> measurement(String name) {
    return fetched.computeIfAbsent(name, cell::measurement);
  }
}
