package dev.rote.sweeps.admission;

import dev.rote.spec.AdmittedMeasurement;
import dev.rote.spec.AdmittedTrial;
import dev.rote.spec.Grid;
import dev.rote.spec.SweepDefaults;
import dev.rote.spec.Versions;
import dev.rote.sweeps.workflow.SweepPlan;
import dev.rote.v1.Axis;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepSpec;
import java.util.List;

/** The plan of a sweep by its grid, with the ids of all that its cells need. */
public final class GridPlan implements SweepPlan {
  private static final String EPOCHS = "training.epochs";

  private final SweepSpec spec;
  private final Grid grid;
  private final long epochs;
  private final Versions versions;

  private GridPlan(SweepSpec spec, Versions versions) {
    this.spec = spec;
    this.versions = versions;
    this.grid = Grid.of(spec);
    this.epochs = epochs(spec);
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
