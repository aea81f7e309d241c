package dev.rote.sweeps.admission;

import dev.rote.spec.AdmittedMeasurement;
import dev.rote.spec.AdmittedTrial;
import dev.rote.spec.ClaimCells;
import dev.rote.spec.Grid;
import dev.rote.spec.SweepDefaults;
import dev.rote.spec.Versions;
import dev.rote.sweeps.workflow.SweepPlan;
import dev.rote.v1.Axis;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepSpec;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The plan of a sweep by its grid, with the ids of all that its cells need. */
public final class GridPlan implements SweepPlan {
  private static final String EPOCHS = "training.epochs";

  private final SweepSpec spec;
  private final Grid grid;
  private final ClaimCells claims;
  private final long epochs;
  private final Versions versions;
  private final List<long[]> epochsByAxis;
  private final Map<Integer, Needed> needed = new HashMap<>();

  private GridPlan(SweepSpec spec, Versions versions) {
    this.spec = spec;
    this.versions = versions;
    this.grid = Grid.of(spec);
    this.claims = new ClaimCells(spec);
    this.epochs = epochs(spec);
    this.epochsByAxis = spec.getAxesList().stream().map(GridPlan::epochsOf).toList();
  }

  /** The plan of an admitted sweep, with ids under the given versions. */
  public static GridPlan of(Sweep sweep, Versions versions) {
    return new GridPlan(SweepDefaults.fill(sweep.getSpec()), versions);
  }

  @Override
  public long size() {
    return grid.size();
  }

  @Override
  public long epochs() {
    return epochs;
  }

  @Override
  public long measurements() {
    return size() * spec.getMeasurementsCount();
  }

  @Override
  public long points() {
    return grid.points();
  }

  @Override
  public List<Integer> looks() {
    return spec.getRepeat().getLooksList();
  }

  @Override
  public List<String> claims() {
    return claims.claims();
  }

  @Override
  public boolean isNeeded(long index, List<Integer> closed) {
    List<Integer> looks = looks();
    if (looks.isEmpty()) {
      return true;
    }
    int block = 0;
    while (index / points() >= looks.get(block)) {
      block++;
    }
    return needed(block, closed).get((int) grid.point(index));
  }

  @Override
  public Amount amount(int block, List<Integer> closed) {
    int before = block == 0 ? 0 : looks().get(block - 1);
    long repetitions = (long) looks().get(block) - before;
    BitSet needed = needed(block, closed);
    long sum = 0;
    for (int point = needed.nextSetBit(0); point >= 0; point = needed.nextSetBit(point + 1)) {
      sum += epochsAt(point);
    }
    return new Amount(needed.cardinality() * repetitions, sum * repetitions);
  }

  /* Points that a claim needs which was open before the block: looked for once a block. */
  private synchronized BitSet needed(int block, List<Integer> closed) {
    Set<Integer> open = new TreeSet<>();
    for (int claim = 0; claim < claims.claims().size(); claim++) {
      int look = claim < closed.size() ? closed.get(claim) : 0;
      if (look == 0 || look > block) {
        open.add(claim);
      }
    }
    Needed known = needed.get(block);
    if (known == null || !known.open().equals(open)) {
      known = new Needed(open, look(block, open));
      needed.put(block, known);
    }
    return known.points();
  }

  private BitSet look(int block, Set<Integer> open) {
    BitSet points = new BitSet();
    for (int point = 0; point < points(); point++) {
      Map<String, String> labels = grid.labelsAt(point);
      if (block == 0 || open.stream().anyMatch(claim -> claims.needs(claim, labels))) {
        points.set(point);
      }
    }
    return points;
  }

  private record Needed(Set<Integer> open, BitSet points) {}

  @Override
  public Map<String, String> labels(long index) {
    return grid.labelsAt(grid.point(index));
  }

  @Override
  public Cell cell(long index) {
    dev.rote.spec.Cell cell = grid.cell(index);
    AdmittedTrial trial = AdmittedTrial.of(versions, cell.trial());
    List<AdmittedMeasurement> measures =
        spec.getMeasurementsList().stream()
            .map(measurement -> AdmittedMeasurement.of(versions, trial.id(), measurement))
            .toList();
    return new Cell(
        index,
        cell.labels(),
        cell.repetition(),
        versions,
        trial,
        measures,
        trial.spec().getTraining().getEpochs());
  }

  /** Epochs that the points of an axis set; -1 for one that sets none. */
  private static long[] epochsOf(Axis axis) {
    if (axis.getValuesCount() > 0) {
      boolean counts = axis.getField().equals(EPOCHS);
      return axis.getValuesList().stream()
          .mapToLong(value -> counts ? (long) value.getNumberValue() : -1)
          .toArray();
    }
    return axis.getPointsList().stream()
        .map(point -> point.getSet().getTraining())
        .mapToLong(training -> training.hasEpochs() ? training.getEpochs() : -1)
        .toArray();
  }

  /** Epoch cap of a point: the last axis that sets it decides. */
  private long epochsAt(long point) {
    long rest = point;
    for (int axis = epochsByAxis.size() - 1; axis >= 0; axis--) {
      long[] set = epochsByAxis.get(axis);
      long here = set[(int) (rest % set.length)];
      if (here >= 0) {
        return here;
      }
      rest /= set.length;
    }
    return SweepDefaults.fill(spec.getTrial()).getTraining().getEpochs();
  }

  /*
   * The last axis that sets the epochs decides, so the sum over the grid follows from sums over axes: with S_k the sum
   * over the grid of the first k axes, of N_k cells, S_k = (epochs set by points of axis k) N_(k-1) + (points of axis k
   * that set none) S_(k-1).
   */
  private static long epochs(SweepSpec spec) {
    long cells = spec.getRepetitions();
    long sum = cells * SweepDefaults.fill(spec.getTrial()).getTraining().getEpochs();
    for (Axis axis : spec.getAxesList()) {
      long set = 0;
      long unset = 0;
      if (axis.getValuesCount() > 0) {
        boolean counts = axis.getField().equals(EPOCHS);
        unset = counts ? 0 : axis.getValuesCount();
        set =
            counts
                ? axis.getValuesList().stream().mapToLong(v -> (long) v.getNumberValue()).sum()
                : 0;
      } else {
        for (var point : axis.getPointsList()) {
          boolean has = point.getSet().getTraining().hasEpochs();
          set += has ? point.getSet().getTraining().getEpochs() : 0;
          unset += has ? 0 : 1;
        }
      }
      sum = set * cells + unset * sum;
      cells *= Math.max(axis.getPointsCount(), axis.getValuesCount());
    }
    return sum;
  }
}
