package dev.rote.cli.estimate;

import com.google.protobuf.CodedOutputStream;
import dev.rote.recipes.Optimizer;
import dev.rote.spec.DatasetFacts;
import dev.rote.spec.Grid;
import dev.rote.spec.Presentations;
import dev.rote.spec.TrainedExamples;
import dev.rote.spec.Variants;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.InputCorruption;
import dev.rote.v1.LabelCorruption;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.Retention;
import dev.rote.v1.Shape;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.TrainingSpec;
import dev.rote.v1.TrialSpec;
import dev.rote.v1.VariantSpec;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a sweep takes, at most: trials that stop early take less, and trials and variants that are
 * there already take nothing.
 *
 * @param variants different corrupted datasets
 * @param variantBytes of all of them
 * @param checkpoints that stay
 * @param checkpointBytes of those that stay
 * @param traces that stay
 * @param traceBytes of those that stay
 * @param writtenBytes of all checkpoints and traces, those included that are deleted once they are
 *     measured
 * @param operations of training, floating-point
 */
public record SweepEstimate(
    double variants,
    double variantBytes,
    double checkpoints,
    double checkpointBytes,
    double traces,
    double traceBytes,
    double writtenBytes,
    double operations) {
  /** Points of the grid that are looked at; of larger grids, so many at equal distances. */
  private static final long POINTS_LOOKED_AT = 5_000;

  /** Margin and loss of an example in a pass of a trace. */
  private static final int BYTES_BESIDE_PREDICTION = 8;

  /** Labels before and after, index in the source, mask. */
  private static final int BYTES_BESIDE_INPUTS = 17;

  private static final SweepEstimate NOTHING = new SweepEstimate(0, 0, 0, 0, 0, 0, 0, 0);

  /**
   * The estimate of a sweep.
   *
   * @param spec valid, defaults filled in
   * @return empty when a dataset is one of the user's own files, which alone tell their shape
   */
  public static Optional<SweepEstimate> of(SweepSpec spec) {
    Grid grid = Grid.of(spec);
    long repetitions = spec.getRepetitions();
    long points = grid.points();
    long looked = Math.min(points, POINTS_LOOKED_AT);
    boolean redrawn = spec.getRedrawCorruption();
    boolean traced = spec.getMeasurementsList().stream().anyMatch(MeasurementSpec::hasDynamics);
    Set<VariantSpec> seen = new HashSet<>();
    SweepEstimate sum = NOTHING;
    for (long i = 0; i < looked; i++) {
      long point = (long) ((double) i / looked * points);
      TrialSpec trial = grid.cell(grid.first(point)).trial();
      Optional<Shape> shape = shape(trial.getDataset());
      if (shape.isEmpty()) {
        return Optional.empty();
      }
      VariantSpec variant = Variants.of(trial);
      if (seen.add(variant)) {
        boolean subsets = spec.getRedrawSubset() && variant.getDataset().hasSubset();
        boolean anew = subsets || (redrawn && variant.hasCorruption());
        double copies = anew ? (double) repetitions : 1;
        sum = sum.plus(variant(trial, shape.get()).times(copies));
      }
      sum =
          sum.plus(
              trained(trial, shape.get(), spec.getRetention().getCheckpoints(), traced)
                  .times((double) repetitions));
    }
    return Optional.of(sum.times((double) points / looked));
  }

  private static Optional<Shape> shape(DatasetSpec dataset) {
    return DatasetFacts.named(dataset.getName())
        .map(DatasetFacts::shape)
        .filter(shape -> shape.getHeight() > 0)
        .map(
            shape ->
                shape.toBuilder()
                    .setHeight(shape.getHeight() / dataset.getPooling())
                    .setWidth(shape.getWidth() / dataset.getPooling())
                    .build());
  }

  private static SweepEstimate variant(TrialSpec trial, Shape shape) {
    InputCorruption.Rule rule = trial.getCorruption().getInputs().getRule();
    boolean noise = rule == InputCorruption.Rule.GAUSSIAN || rule == InputCorruption.Rule.UNIFORM;
    long values = (long) shape.getChannels() * shape.getHeight() * shape.getWidth();
    boolean pooled = trial.getDataset().getPooling() > 1;
    long train = TrainedExamples.most(trial);
    long validation = TrainedExamples.mostOfValidation(trial.getDataset());
    double bytes =
        train * (values * (noise || pooled ? Float.BYTES : 1.0) + BYTES_BESIDE_INPUTS)
            + validation * (values * (pooled ? Float.BYTES : 1.0) + BYTES_BESIDE_INPUTS);
    return new SweepEstimate(1, bytes, 0, 0, 0, 0, 0, 0);
  }

  private static SweepEstimate trained(
      TrialSpec trial, Shape shape, Retention.Checkpoints retention, boolean traced) {
    long examples = TrainedExamples.most(trial);
    boolean unique = trial.getCorruption().getLabels().getRule() == LabelCorruption.Rule.UNIQUE;
    int known = DatasetFacts.classesOf(trial.getDataset());
    long classes =
        unique
            ? TrainedExamples.mostOfSplit(trial.getDataset())
            : DatasetFacts.withThreshold(trial.getCorruption(), known);
    NetworkCost network = NetworkCost.of(trial.getModel(), shape, classes);
    double bytes = network.checkpointBytes(Optimizer.of(trial.getOptimizer()).slots().size());
    double written = checkpoints(trial.getTraining(), epochs(trial));
    double kept =
        switch (retention) {
          case FINAL -> 1;
          case NONE -> 0;
          case ALL, UNSPECIFIED, UNRECOGNIZED -> written;
        };
    double trace = traced ? traceBytes(trial, examples, classes) : 0;
    double traces = traced && retention != Retention.Checkpoints.NONE ? 1 : 0;
    double operations = epochs(trial) * examples * network.operationsPerExample();
    return new SweepEstimate(
        0, 0, kept, kept * bytes, traces, traces * trace, written * bytes + trace, operations);
  }

  /** At the end of each epoch from 0 on, and in its steps where presentations are defined. */
  private static double traceBytes(TrialSpec trial, long examples, long classes) {
    int passes = Presentations.areDefined(trial) ? 2 : 1;
    int prediction = CodedOutputStream.computeUInt64SizeNoTag(classes);
    return (1 + passes * epochs(trial)) * examples * (BYTES_BESIDE_PREDICTION + prediction);
  }

  /** Epochs at most, a fraction where the cap on steps is in the midst of one. */
  private static double epochs(TrialSpec trial) {
    TrainingSpec training = trial.getTraining();
    double epochs = Integer.toUnsignedLong(training.getEpochs());
    double examples = TrainedExamples.most(trial);
    double steps = Math.ceil(examples / Integer.toUnsignedLong(training.getBatchSize()));
    return training.hasMaxSteps() ? Math.min(epochs, training.getMaxSteps() / steps) : epochs;
  }

  private static double checkpoints(TrainingSpec training, double epochs) {
    long every = training.getCheckpoints().getEveryEpochs();
    double regular = every == 0 ? 0 : Math.floor(epochs / every);
    double further =
        training.getCheckpoints().getEpochsList().stream()
            .filter(epoch -> epoch > 0 && epoch < epochs && (every == 0 || epoch % every != 0))
            .distinct()
            .count();
    boolean lastIsRegular = every > 0 && epochs % every == 0;
    return 1 + regular + further + (lastIsRegular ? 0 : 1);
  }

  private SweepEstimate plus(SweepEstimate more) {
    return new SweepEstimate(
        variants + more.variants,
        variantBytes + more.variantBytes,
        checkpoints + more.checkpoints,
        checkpointBytes + more.checkpointBytes,
        traces + more.traces,
        traceBytes + more.traceBytes,
        writtenBytes + more.writtenBytes,
        operations + more.operations);
  }

  private SweepEstimate times(double factor) {
    return new SweepEstimate(
        variants * factor,
        variantBytes * factor,
        checkpoints * factor,
        checkpointBytes * factor,
        traces * factor,
        traceBytes * factor,
        writtenBytes * factor,
        operations * factor);
  }
}
