package dev.rote.spec;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.rote.v1.Axis;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.TrainingSpec;
import dev.rote.v1.TrialSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A sweep with every default written out, for people to read and to run again: the copy has the
 * same trials as the sweep itself. Nothing is hashed of it.
 */
public final class FilledSweep {
  /*
   * A default may depend on what points of axes set: the size of a split on the dataset, a stride on
   * the padding. So each default goes where it is decided: into the base trial when it is the same in
   * all cells, into the points of an axis when the point alone decides it, and nowhere else. A grid
   * of more points than this is looked at in part, and keeps only defaults that depend on nothing.
   */
  private static final int MOST_POINTS = 2_000;

  private static final int SAMPLED = 500;

  private static final Set<String> FREE =
      Set.of("optimizer", "regularization", "training", "seed", "augmentation");

  private final SweepSpec spec;
  private final List<Point> points = new ArrayList<>();
  private final boolean whole;

  /**
   * One point of the grid.
   *
   * @param chosen position on each axis
   * @param written fields that the base trial or a point of an axis sets
   * @param defaults the other fields, and what they are here
   */
  private record Point(
      List<Integer> chosen,
      Set<List<FieldDescriptor>> written,
      Map<List<FieldDescriptor>, Object> defaults) {}

  private FilledSweep(SweepSpec spec) {
    this.spec = spec;
    Grid grid = Grid.of(spec);
    this.whole = grid.points() <= MOST_POINTS;
    Map<List<FieldDescriptor>, List<FieldDescriptor>> known = new HashMap<>();
    for (long cell : GridSample.of(grid, whole ? MOST_POINTS : SAMPLED)) {
      List<Integer> chosen = grid.chosen(cell);
      TrialSpec trial = grid.written(chosen);
      Set<List<FieldDescriptor>> written = new HashSet<>();
      TrialFields.leaves(
          trial, (path, value) -> written.add(known.computeIfAbsent(path, same -> same)));
      Map<List<FieldDescriptor>, Object> defaults = new LinkedHashMap<>();
      TrialFields.leaves(
          of(trial),
          (path, value) -> defaults.put(known.computeIfAbsent(path, same -> same), value));
      defaults.keySet().removeAll(written);
      points.add(new Point(chosen, written, defaults));
    }
  }

  /** The sweep with every default written out. */
  public static Sweep of(Sweep sweep) {
    return sweep.toBuilder().setSpec(of(sweep.getSpec())).build();
  }

  /**
   * A specification with every default written out.
   *
   * @param spec valid
   */
  public static SweepSpec of(SweepSpec spec) {
    return new FilledSweep(SweepDefaults.fill(spec)).filled();
  }

  /** A trial with every default written out, those too that its id leaves out. */
  public static TrialSpec of(TrialSpec trial) {
    TrialSpec.Builder filled = SweepDefaults.fill(trial).toBuilder();
    if (!filled.getTraining().hasSampling()) {
      filled.getTrainingBuilder().setSampling(TrainingSpec.Sampling.EPOCHS);
    }
    return filled.build();
  }

  private SweepSpec filled() {
    Set<List<FieldDescriptor>> paths = new LinkedHashSet<>();
    points.forEach(point -> paths.addAll(point.defaults().keySet()));
    SweepSpec.Builder filled = spec.toBuilder();
    for (List<FieldDescriptor> path : paths) {
      if (!whole && !FREE.contains(path.get(0).getName())) {
        continue;
      }
      /* Where a point of an axis writes the field, it overrides what the base trial says. */
      Optional<Object> everywhere = same(path, point -> !point.written().contains(path));
      if (everywhere.isPresent()) {
        set(filled.getTrialBuilder(), path, everywhere.get());
      } else if (whole) {
        fillPoints(filled, path);
      }
    }
    return filled.build();
  }

  /** Writes a default into the points of the first axis that decides it. */
  private void fillPoints(SweepSpec.Builder filled, List<FieldDescriptor> path) {
    for (int axis = 0; axis < spec.getAxesCount(); axis++) {
      Map<Integer, Object> decided = decided(axis, path);
      if (!decided.isEmpty()) {
        Axis.Builder into = filled.getAxesBuilder(axis);
        decided.forEach((at, value) -> set(into.getPointsBuilder(at).getSetBuilder(), path, value));
        return;
      }
    }
  }

  /** By point of an axis that has points, the default there; empty unless the axis decides it. */
  private Map<Integer, Object> decided(int axis, List<FieldDescriptor> path) {
    Map<Integer, Optional<Object>> found = new TreeMap<>();
    for (Point point : points) {
      Optional<Object> here = Optional.ofNullable(point.defaults().get(path));
      Optional<Object> before = found.putIfAbsent(point.chosen().get(axis), here);
      if (before != null && !before.equals(here)) {
        return Map.of();
      }
    }
    Map<Integer, Object> decided = new LinkedHashMap<>();
    if (spec.getAxes(axis).getPointsCount() > 0) {
      found.forEach((at, value) -> value.ifPresent(is -> decided.put(at, is)));
    }
    return decided;
  }

  /** The default that a field has at all points that are meant; empty when it is not one. */
  private Optional<Object> same(List<FieldDescriptor> path, Predicate<Point> meant) {
    Object found = null;
    for (Point point : points) {
      if (meant.test(point)) {
        Object here = point.defaults().get(path);
        if (here == null || (found != null && !found.equals(here))) {
          return Optional.empty();
        }
        found = here;
      }
    }
    return Optional.ofNullable(found);
  }

  private static void set(Message.Builder into, List<FieldDescriptor> path, Object value) {
    Message.Builder at = into;
    for (FieldDescriptor step : path.subList(0, path.size() - 1)) {
      at = at.getFieldBuilder(step);
    }
    at.setField(path.get(path.size() - 1), value);
  }
}
