package dev.rote.spec;

import dev.rote.v1.Axis;
import dev.rote.v1.AxisPoint;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.TrialSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The cells of a sweep, computed one at a time from their index: axes are held, the grid never is.
 * Immutable.
 */
public final class Grid {
  private final TrialSpec base;
  private final List<String> names;
  private final List<List<AxisPoint>> axes;
  private final int repetitions;
  private final boolean repetitionSlowest;
  private final boolean redrawCorruption;
  private final boolean redrawSubset;
  private final long size;

  private Grid(SweepSpec spec) {
    this.base = spec.getTrial();
    this.names = spec.getAxesList().stream().map(Axis::getName).toList();
    this.repetitions =
        spec.hasRepetitions()
            ? spec.getRepetitions()
            : spec.hasRepeat() ? RepeatDefaults.fill(spec.getRepeat()).getAtMost() : 1;
    this.repetitionSlowest = spec.hasRepeat();
    this.redrawCorruption = spec.getRedrawCorruption();
    this.redrawSubset = spec.getRedrawSubset();
    List<List<AxisPoint>> points = new ArrayList<>();
    long cells = repetitions;
    for (int i = 0; i < spec.getAxesCount(); i++) {
      points.add(ValueAxis.points(spec.getAxes(i), "spec.axes[" + i + "]"));
      try {
        cells = Math.multiplyExact(cells, (long) points.get(i).size());
      } catch (ArithmeticException e) {
        throw new SpecException("spec.axes", "the grid must have fewer than 2^63 trials");
      }
    }
    this.axes = List.copyOf(points);
    this.size = cells;
  }

  /**
   * The grid of a sweep.
   *
   * @throws SpecException when an axis names no field, or a value does not fit its field
   */
  public static Grid of(SweepSpec spec) {
    return new Grid(spec);
  }

  /** Number of cells: the product of the axes' points and the repetitions. */
  public long size() {
    return size;
  }

  /**
   * Number of points of the grid: cells, repetitions of one point counted once. The cells of a
   * point lie side by side, or, in a sweep that repeats until judged, those of a repetition do.
   */
  public long points() {
    return size / repetitions;
  }

  /** Index of the cell of a point's first repetition. */
  public long first(long point) {
    return repetitionSlowest ? point : point * repetitions;
  }

  /** The point of a cell, from 0. */
  public long point(long index) {
    return repetitionSlowest ? index % points() : index / repetitions;
  }

  /** Names of the axes in order. */
  public List<String> axisNames() {
    return names;
  }

  /** Labels of an axis in order. */
  public List<String> labels(String axis) {
    int index = names.indexOf(axis);
    if (index < 0) {
      throw new IllegalArgumentException("no axis " + axis + " among " + names);
    }
    return axes.get(index).stream().map(AxisPoint::getLabel).toList();
  }

  /**
   * The cell at an index.
   *
   * @throws IndexOutOfBoundsException unless index is in [0, size)
   */
  public Cell cell(long index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("cell must be in [0, " + size + "), was " + index);
    }
    int repetition = (int) (repetitionSlowest ? index / points() : index % repetitions);
    return new Cell(
        index,
        labelsAt(point(index)),
        repetition,
        repeat(SweepDefaults.fill(written(chosen(index))), repetition));
  }

  /** Labels of a point, by axis name, in the order of the axes. */
  public Map<String, String> labelsAt(long point) {
    List<Integer> chosen = chosen(first(point));
    Map<String, String> labels = new LinkedHashMap<>();
    for (int i = 0; i < axes.size(); i++) {
      labels.put(names.get(i), axes.get(i).get(chosen.get(i)).getLabel());
    }
    return Collections.unmodifiableMap(labels);
  }

  /** The position on each axis of the point that a cell lies at. */
  List<Integer> chosen(long index) {
    long rest = point(index);
    Integer[] chosen = new Integer[axes.size()];
    for (int i = axes.size() - 1; i >= 0; i--) {
      int count = axes.get(i).size();
      chosen[i] = (int) (rest % count);
      rest /= count;
    }
    return List.of(chosen);
  }

  /**
   * The trial at a point as it is written: defaults not filled in, the seed that of repetition 0.
   */
  TrialSpec written(List<Integer> chosen) {
    TrialSpec trial = base;
    for (int i = 0; i < axes.size(); i++) {
      trial = SpecMerge.merge(trial, axes.get(i).get(chosen.get(i)).getSet());
    }
    return trial;
  }

  /** What the points of an axis set, in order. */
  List<AxisPoint> points(int axis) {
    return axes.get(axis);
  }

  private TrialSpec repeat(TrialSpec trial, int repetition) {
    TrialSpec.Builder repeated = trial.toBuilder().setSeed(trial.getSeed() + repetition);
    if (redrawCorruption && trial.hasCorruption()) {
      repeated.getCorruptionBuilder().setSeed(trial.getCorruption().getSeed() + repetition);
    }
    if (redrawSubset && trial.getDataset().hasSubset()) {
      long seed = trial.getDataset().getSubset().getSeed() + repetition;
      repeated.getDatasetBuilder().getSubsetBuilder().setSeed(seed);
    }
    return repeated.build();
  }
}
