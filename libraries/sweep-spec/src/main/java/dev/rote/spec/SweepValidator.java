package dev.rote.spec;

import dev.rote.v1.CheckpointSpec;
import dev.rote.v1.CriticalSamples;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.FigureSpec;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.OwnFiles;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.TrainingSpec;
import dev.rote.v1.TrialSpec;
import dev.rote.v1.VariantSpec;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Says whether a specification can run, before any work. Files are not looked at; the corruption
 * service does that.
 */
public final class SweepValidator {
  /*
   * Points of the grid are checked one by one up to this many, so that combinations of points of axes
   * are checked and not just each of these; in a larger grid so many, and each point of each axis.
   */
  private static final int POINTS_CHECKED = 2000;
  private static final Pattern SWEEP_NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,51}[a-z0-9])?");
  private static final int MOST_WARNINGS = 20;

  private SweepValidator() {}

  /**
   * Checks a whole sweep as a user wrote it.
   *
   * @throws SpecException with every violation found
   */
  public static void check(Sweep sweep) {
    MessageChecks.check(sweep, "");
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
        "must be 1 to 53 lower-case letters, digits and hyphens, neither first nor last a hyphen,"
            + " was \""
            + sweep.getMetadata().getName()
            + "\"");
    checks.require(!sweep.hasStatus(), "status", "is written by the service: leave it out");
    checks.require(sweep.hasSpec(), "spec", "must be written");
    checks.throwIfAny();
    spec(checks.in("spec"), sweep.getSpec());
    checks.throwIfAny();
  }

  /**
   * Checks a trial by itself.
   *
   * @throws SpecException with every violation found
   */
  public static void check(TrialSpec trial) {
    MessageChecks.check(trial, "trial");
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
    MessageChecks.check(variant, "variant");
    Checks checks = Checks.at("variant");
    VariantSpec filled = SweepDefaults.fill(variant);
    DatasetChecks.check(checks.in("dataset"), filled.getDataset());
    if (filled.hasCorruption()) {
      TrialChecks.corruption(checks.in("corruption"), filled.getCorruption(), filled.getDataset());
    }
    checks.throwIfAny();
  }

  /**
   * Checks a description of files of a user's own by itself, as it is checked within a dataset.
   *
   * @throws SpecException with every violation found, under {@code files}
   */
  public static void checkFiles(OwnFiles files) {
    MessageChecks.check(files, "files");
    Checks checks = Checks.at("");
    new FilesDataset().check(checks, DatasetSpec.newBuilder().setFiles(files).build());
    checks.throwIfAny();
  }

  /**
   * Checks paths of files of a user's own, whose sums nobody has written.
   *
   * @throws SpecException with every violation found, under {@code paths}
   */
  public static void checkPaths(List<String> paths) {
    Checks checks = Checks.at("");
    for (int i = 0; i < paths.size(); i++) {
      OwnPath.checkSource(checks, "paths[" + i + "]", paths.get(i), true, Map.of());
    }
    checks.throwIfAny();
  }

  /**
   * Checks a measurement by itself; its name may be absent.
   *
   * @throws SpecException with every violation found
   */
  public static void checkMeasurement(MeasurementSpec measurement) {
    MessageChecks.check(measurement, "measurement");
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
    MessageChecks.check(search, "search");
    Checks checks = Checks.at("search");
    CriticalSamplesKind.check(checks, CriticalSamplesKind.fill(search));
    checks.throwIfAny();
  }

  private static void spec(Checks checks, SweepSpec written) {
    SweepSpec spec = SweepDefaults.fill(written);
    checks.require(spec.hasTrial(), "trial", "must be written");
    checks.inRange("repetitions", spec.getRepetitions(), 1, 10_000);
    if (written.hasRepeat()) {
      RepeatDefaults.check(
          checks.in("repeat"),
          spec.getRepeat(),
          written.hasRepetitions() ? written.getRepetitions() : 0);
      checks.throwIfAny();
    }
    checks.inRange("parallelism", spec.getParallelism(), 1, 10_000);
    checks.inRange("failureBudget.attempts", spec.getFailureBudget().getAttempts(), 1, 100);
    checks.require(
        !spec.hasNumerics()
            || spec.getNumerics().equals(Numerics.ANY)
            || Numerics.isName(spec.getNumerics()),
        "numerics",
        "must be any, or the name of a family such as avx512-onednn-openblas-zen, at most 63 of"
            + " [a-z0-9.-], was \""
            + spec.getNumerics()
            + "\": rote get shows on which family a sweep runs");
    Set<String> axes = new HashSet<>();
    for (int i = 0; i < spec.getAxesCount(); i++) {
      AxisChecks.axis(checks.in("axes[" + i + "]"), spec.getAxes(i), axes);
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
    AxisChecks.labels(checks, spec, grid);
    AxisConflicts.check(checks, grid);
    cells(checks, spec, grid);
    FigureChecks.figures(checks, spec, written.getFiguresList());
    if (spec.hasRepeat()) {
      RepeatDefaults.claims(checks.in("repeat"), spec);
    }
  }

  private static void cells(Checks checks, SweepSpec spec, Grid grid) {
    for (long i : GridSample.of(grid, POINTS_CHECKED)) {
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
        for (Violation violation : trial.violations().list()) {
          checks
              .violations()
              .add(new Violation(violation.path(), violation.message() + cell.words()));
        }
        return;
      }
    }
  }

  /**
   * Checks figures that an admitted sweep is to be drawn in beside its own.
   *
   * @param spec valid, all defaults filled in
   * @param figures as they are written, without claims
   * @throws SpecException with every violation found
   */
  public static void checkFigures(SweepSpec spec, List<FigureSpec> figures) {
    Checks checks = Checks.at("");
    for (int i = 0; i < figures.size(); i++) {
      MessageChecks.check(figures.get(i), "figures[" + i + "]");
      checks.require(
          figures.get(i).getClaimsCount() == 0,
          "figures[" + i + "].claims",
          "must be left out: claims are judged in the sweep's own figures alone");
    }
    FigureChecks.figures(checks, spec, figures);
    checks.throwIfAny();
  }

  /**
   * What may be meant in a sweep but seldom is, a sentence each.
   *
   * @param sweep valid
   * @return at most 20
   */
  public static List<String> warnings(Sweep sweep) {
    Grid grid = Grid.of(SweepDefaults.fill(sweep.getSpec()));
    Map<String, String> warnings = new LinkedHashMap<>();
    for (long i : GridSample.of(grid, POINTS_CHECKED)) {
      Cell cell = grid.cell(i);
      if (warnings.size() < MOST_WARNINGS) {
        BatchNorm.warning(cell.trial())
            .ifPresent(warning -> warnings.putIfAbsent(warning, warning + cell.words()));
      }
    }
    return List.copyOf(warnings.values());
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
      String everyEpoch =
          "must be left out: " + MeasurementKinds.name(kind.field()) + " has values of every epoch";
      checks.require(!kind.ofTrace() || measurement.getEpochsCount() == 0, "epochs", everyEpoch);
      checks.require(!kind.ofTrace() || !measurement.getFinalOnly(), "finalOnly", everyEpoch);
      if (kind.ofWholeRun() || kind.ofTrace()) {
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
