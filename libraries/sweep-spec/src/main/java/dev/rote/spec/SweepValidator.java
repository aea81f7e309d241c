package dev.rote.spec;

import dev.rote.v1.Axis;
import dev.rote.v1.AxisPoint;
import dev.rote.v1.CheckpointSpec;
import dev.rote.v1.CriticalSamples;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.TrainingSpec;
import dev.rote.v1.TrialSpec;
import dev.rote.v1.VariantSpec;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Says whether a specification can run, before any work. Files are not looked at; the corruption
 * service does that.
 */
public final class SweepValidator {
  /*
   * Cells are checked one by one up to this many, so that combinations of points are checked and not
   * just each point; beyond it a grid's remaining cells combine points that were seen.
   */
  private static final long CELLS_CHECKED = 2000;
  private static final Pattern SWEEP_NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,51}[a-z0-9])?");
  private static final int LONGEST_DESCRIPTION = 2000;
  private static final int LONGEST_LABEL = 40;

  private SweepValidator() {}

  /**
   * Checks a whole sweep as a user wrote it.
   *
   * @throws SpecException with every violation found
   */
  public static void check(Sweep sweep) {
    Checks checks = Checks.at("");
    checks.require(
        sweep.getApiVersion().equals(SweepFiles.API_VERSION),
        "apiVersion",
        "must be " + SweepFiles.API_VERSION + ", was \"" + sweep.getApiVersion() + "\"");
    checks.require(
        sweep.getKind().equals(SweepFiles.KIND),
        "kind",
        "must be " + SweepFiles.KIND + ", was \"" + sweep.getKind() + "\"");
    checks.require(
        SWEEP_NAME.matcher(sweep.getMetadata().getName()).matches(),
        "metadata.name",
        "must be 1 to 53 lower-case letters, digits and hyphens, neither first nor last a hyphen, was \""
            + sweep.getMetadata().getName()
            + "\"");
    checks.require(!sweep.hasStatus(), "status", "is written by the service: leave it out");
    checks.require(sweep.hasSpec(), "spec", "must be written");
    checks.throwIfAny();
    spec(checks.in("spec"), SweepDefaults.fill(sweep.getSpec()));
    checks.throwIfAny();
  }

  /**
   * Checks a trial by itself.
   *
   * @throws SpecException with every violation found
   */
  public static void check(TrialSpec trial) {
    Checks checks = Checks.at("trial");
    TrialChecks.trial(checks, SweepDefaults.fill(trial));
    checks.throwIfAny();
  }

  /**
   * Checks a variant by itself.
   *
   * @throws SpecException with every violation found
   */
  public static void checkVariant(VariantSpec variant) {
    Checks checks = Checks.at("variant");
    VariantSpec filled = SweepDefaults.fill(variant);
    TrialChecks.dataset(checks.in("dataset"), filled.getDataset());
    if (filled.hasCorruption()) {
      TrialChecks.corruption(checks.in("corruption"), filled.getCorruption(), filled.getDataset());
    }
    checks.throwIfAny();
  }

  /**
   * Checks a measurement by itself; its name may be absent.
   *
   * @throws SpecException with every violation found
   */
  public static void checkMeasurement(MeasurementSpec measurement) {
    Checks checks = Checks.at("measurement");
    measurement(checks, SweepDefaults.fill(measurement));
    checks.throwIfAny();
  }

  /**
   * Checks whether a trial can be measured so.
   *
   * @param measurement valid by itself
   * @throws SpecException with every violation found
   */
  public static void checkMeasurement(MeasurementSpec measurement, TrialSpec trial) {
    MeasurementKind kind = MeasurementKinds.of(measurement.getKindCase());
    Checks checks = Checks.at("measurement").in(MeasurementKinds.name(kind.field()));
    kind.checkTrial(checks, SweepDefaults.fill(measurement), SweepDefaults.fill(trial));
    checks.throwIfAny();
  }

  /**
   * Checks a search for critical samples by itself.
   *
   * @throws SpecException with every violation found
   */
  public static void checkSearch(CriticalSamples search) {
    Checks checks = Checks.at("search");
    CriticalSamplesKind.check(checks, CriticalSamplesKind.fill(search));
    checks.throwIfAny();
  }

  private static void spec(Checks checks, SweepSpec spec) {
    checks.require(
        spec.getDescription().length() <= LONGEST_DESCRIPTION,
        "description",
        "must have at most "
            + LONGEST_DESCRIPTION
            + " characters, had "
            + spec.getDescription().length());
    checks.require(spec.hasTrial(), "trial", "must be written");
    checks.inRange("repetitions", spec.getRepetitions(), 1, 10_000);
    checks.inRange("parallelism", spec.getParallelism(), 1, 10_000);
    checks.inRange("failureBudget.attempts", spec.getFailureBudget().getAttempts(), 1, 100);
    checks.require(
        spec.getAxesCount() <= 8, "axes", "must be at most 8, were " + spec.getAxesCount());
    checks.require(
        spec.getMeasurementsCount() <= 32,
        "measurements",
        "must be at most 32, were " + spec.getMeasurementsCount());
    checks.require(
        spec.getFiguresCount() <= 64,
        "figures",
        "must be at most 64, were " + spec.getFiguresCount());
    Set<String> axes = new HashSet<>();
    for (int i = 0; i < spec.getAxesCount(); i++) {
      axis(checks.in("axes[" + i + "]"), spec.getAxes(i), axes);
    }
    Set<String> measurements = new HashSet<>();
    for (int i = 0; i < spec.getMeasurementsCount(); i++) {
      MeasurementSpec measurement = spec.getMeasurements(i);
      Checks at = checks.in("measurements[" + i + "]");
      at.name("name", measurement.getName());
      at.require(
          measurements.add(measurement.getName()),
          "name",
          "must be unique, was \"" + measurement.getName() + "\" again");
      measurement(at, measurement);
    }
    checks.throwIfAny();
    Grid grid = Grid.of(spec);
    cells(checks, spec, grid);
    FigureChecks.figures(checks, spec, grid);
  }

  private static void axis(Checks checks, Axis axis, Set<String> names) {
    checks.name("name", axis.getName());
    checks.require(
        names.add(axis.getName()), "name", "must be unique, was \"" + axis.getName() + "\" again");
    boolean points = axis.getPointsCount() > 0;
    boolean values = axis.getValuesCount() > 0;
    checks.require(points || values, "", "is empty: write points, or field and values");
    checks.require(!(points && values), "", "has both points and values: write one of the two");
    checks.require(
        values == axis.hasField(),
        "field",
        values ? "must be written beside values" : "is written, but no values are");
    checks.require(
        axis.getValuesCount() <= 1000,
        "values",
        "must be at most 1000, were " + axis.getValuesCount());
    checks.require(
        axis.getPointsCount() <= 1000,
        "points",
        "must be at most 1000, were " + axis.getPointsCount());
    Set<String> labels = new HashSet<>();
    for (int i = 0; i < axis.getPointsCount(); i++) {
      AxisPoint point = axis.getPoints(i);
      Checks at = checks.in("points[" + i + "]");
      at.require(
          !point.getLabel().isBlank() && point.getLabel().length() <= LONGEST_LABEL,
          "label",
          "must have 1 to " + LONGEST_LABEL + " characters, was \"" + point.getLabel() + "\"");
      at.require(
          labels.add(point.getLabel()),
          "label",
          "must be unique on its axis, was \"" + point.getLabel() + "\" again");
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < axis.getValuesCount(); i++) {
      checks.require(
          seen.add(axis.getValues(i).toString()), "values[" + i + "]", "stands there twice");
    }
  }

  private static void cells(Checks checks, SweepSpec spec, Grid grid) {
    for (long i = 0; i < Math.min(grid.size(), CELLS_CHECKED); i++) {
      Cell cell = grid.cell(i);
      Checks trial = Checks.at(checks.in("trial").path());
      TrialChecks.trial(trial, cell.trial());
      for (int m = 0; m < spec.getMeasurementsCount(); m++) {
        MeasurementSpec measurement = spec.getMeasurements(m);
        Checks at = trial.outside(checks.in("measurements[" + m + "]"));
        kept(at, measurement, cell.trial().getTraining());
        MeasurementKind kind = MeasurementKinds.of(measurement.getKindCase());
        kind.checkTrial(at.in(MeasurementKinds.name(kind.field())), measurement, cell.trial());
      }
      if (!trial.isEmpty()) {
        String where = cell.labels().isEmpty() ? "" : " (in the cell " + labelsOf(cell) + ")";
        for (Violation violation : trial.violations()) {
          checks.violations().add(new Violation(violation.path(), violation.message() + where));
        }
        return;
      }
    }
  }

  private static String labelsOf(Cell cell) {
    return cell.labels().entrySet().stream()
        .map(label -> label.getKey() + "=" + label.getValue())
        .collect(Collectors.joining(", "));
  }

  /** Every epoch that a measurement names must have a checkpoint. */
  private static void kept(Checks checks, MeasurementSpec measurement, TrainingSpec training) {
    CheckpointSpec checkpoints = training.getCheckpoints();
    int every = checkpoints.getEveryEpochs();
    for (int i = 0; i < measurement.getEpochsCount(); i++) {
      int epoch = measurement.getEpochs(i);
      boolean ends = epoch == 0 || epoch == training.getEpochs();
      boolean rhythm = every > 0 && epoch % every == 0 && epoch < training.getEpochs();
      checks.require(
          ends || rhythm || checkpoints.getEpochsList().contains(epoch),
          "epochs[" + i + "]",
          "must be an epoch of which a checkpoint is kept, was "
              + epoch
              + ": add it to trial.training.checkpoints.epochs, at most "
              + training.getEpochs());
    }
  }

  private static void measurement(Checks checks, MeasurementSpec measurement) {
    if (measurement.getKindCase() == MeasurementSpec.KindCase.KIND_NOT_SET) {
      checks.violate("", "must have one of " + MeasurementKinds.names() + "; none is written");
    } else {
      MeasurementKind kind = MeasurementKinds.of(measurement.getKindCase());
      kind.check(checks.in(MeasurementKinds.name(kind.field())), measurement);
      checks.require(
          !kind.ofWholeRun() || measurement.getEpochsCount() == 0,
          "epochs",
          "must be left out: " + MeasurementKinds.name(kind.field()) + " looks at the whole run");
      if (kind.ofWholeRun()) {
        return;
      }
    }
    checks.require(
        !(measurement.getFinalOnly() && measurement.getEpochsCount() > 0),
        "finalOnly",
        "cannot stand beside epochs: write one of the two");
    for (int i = 0; i < measurement.getEpochsCount(); i++) {
      checks.inRange("epochs[" + i + "]", measurement.getEpochs(i), 0, 1_000_000);
    }
  }
}
