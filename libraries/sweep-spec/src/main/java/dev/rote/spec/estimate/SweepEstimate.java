package dev.rote.spec.estimate;

import com.google.protobuf.CodedOutputStream;
import dev.rote.recipes.Optimizer;
import dev.rote.spec.Cell;
import dev.rote.spec.DataOutline;
import dev.rote.spec.DatasetFacts;
import dev.rote.spec.Grid;
import dev.rote.spec.KnownData;
import dev.rote.spec.Presentations;
import dev.rote.spec.SpecException;
import dev.rote.spec.TrainedExamples;
import dev.rote.spec.Variants;
import dev.rote.spec.Violation;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.InputCorruption;
import dev.rote.v1.LabelCorruption;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Retention;
import dev.rote.v1.Shape;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.TrainingSpec;
import dev.rote.v1.TrialSpec;
import dev.rote.v1.VariantSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

  /* Of the golden ratio, whose multiples lie about evenly. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  /** Margin and loss of an example in a pass of a trace. */
  private static final int BYTES_BESIDE_PREDICTION = 8;

  /** Labels before and after, index in the source, mask. */
  private static final int BYTES_BESIDE_INPUTS = 17;

  private static final SweepEstimate NOTHING = new SweepEstimate(0, 0, 0, 0, 0, 0, 0, 0);

  /**
   * The estimate of a sweep.
   *
   * @param spec valid, defaults filled in
   * @param known what files told of its data
   * @return empty when a dataset is one of the user's own files, which alone tell their shape, and
   *     nobody looked
   * @throws SpecException when a network does not fit its data
   */
  public static Optional<SweepEstimate> of(SweepSpec spec, KnownData known) {
    Grid grid = Grid.of(spec);
    long repetitions = spec.getRepetitions();
    long points = grid.points();
    long looked = Math.min(points, POINTS_LOOKED_AT);
    boolean redrawn = spec.getRedrawCorruption();
    boolean traced = spec.getMeasurementsList().stream().anyMatch(MeasurementSpec::hasDynamics);
    Set<VariantSpec> seen = new HashSet<>();
    Map<Network, NetworkCost> costs = new HashMap<>();
    SweepEstimate sum = NOTHING;
    for (long i = 0; i < looked; i++) {
      long point = point(i, looked, points);
      Cell cell = grid.cell(grid.first(point));
      TrialSpec trial = cell.trial();
      VariantSpec variant = Variants.of(trial);
      Optional<Data> found = Data.of(trial, known.of(variant));
      if (found.isEmpty()) {
        return Optional.empty();
      }
      Data data = found.get();
      if (seen.add(variant)) {
        boolean subsets = spec.getRedrawSubset() && variant.getDataset().hasSubset();
        boolean anew = subsets || (redrawn && variant.hasCorruption());
        double copies = anew ? (double) repetitions : 1;
        sum = sum.plus(variant(trial, data).times(copies));
      }
      sum =
          sum.plus(
              trained(
                      trial,
                      data,
                      costs.computeIfAbsent(
                          new Network(trial.getModel(), data.shape, data.classes),
                          network -> network.cost(cell)),
                      spec.getRetention().getCheckpoints(),
                      traced)
                  .times((double) repetitions));
    }
    return Optional.of(sum.times((double) points / looked));
  }

  /* One of each stretch, at a place of its own: levels of an axis come at equal distances, too. */
  private static long point(long stretch, long looked, long points) {
    long first = (long) ((double) stretch / looked * points);
    long next = Math.min(points, (long) ((double) (stretch + 1) / looked * points));
    return first + Math.floorMod((SPREAD * (stretch + 1)) >>> 16, Math.max(1, next - first));
  }

  /**
   * The data of a trial.
   *
   * @param train examples that it trains on, at most
   */
  private record Data(Shape shape, long classes, long train, long validation) {
    static Optional<Data> of(TrialSpec trial, DataOutline found) {
      DatasetSpec dataset = trial.getDataset();
      Optional<Shape> shape =
          found.shape().getHeight() > 0 ? Optional.of(found.shape()) : pooled(dataset);
      boolean unique = trial.getCorruption().getLabels().getRule() == LabelCorruption.Rule.UNIQUE;
      int known = DatasetFacts.classesOf(dataset);
      long classes =
          unique
              ? TrainedExamples.mostOfSplit(dataset)
              : DatasetFacts.withThreshold(trial.getCorruption(), known);
      return shape.map(
          each ->
              new Data(
                  each,
                  found.classes() > 0 ? found.classes() : classes,
                  Math.max(TrainedExamples.most(trial), found.trainExamples()),
                  Math.max(TrainedExamples.mostOfValidation(dataset), found.validationExamples())));
    }

    private static Optional<Shape> pooled(DatasetSpec dataset) {
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

    long values() {
      return (long) shape.getChannels() * shape.getHeight() * shape.getWidth();
    }
  }

  private record Network(ModelSpec model, Shape shape, long classes) {
    NetworkCost cost(Cell cell) {
      try {
        return NetworkCost.of(model, shape, classes);
      } catch (IllegalArgumentException e) {
        throw new SpecException(
            List.of(new Violation("spec.trial.model", e.getMessage() + cell.words())));
      }
    }
  }

  private static SweepEstimate variant(TrialSpec trial, Data data) {
    InputCorruption.Rule rule = trial.getCorruption().getInputs().getRule();
    boolean noise = rule == InputCorruption.Rule.GAUSSIAN || rule == InputCorruption.Rule.UNIFORM;
    boolean pooled = trial.getDataset().getPooling() > 1;
    double bytes =
        data.train * (data.values() * (noise || pooled ? Float.BYTES : 1.0) + BYTES_BESIDE_INPUTS)
            + data.validation
                * (data.values() * (pooled ? Float.BYTES : 1.0) + BYTES_BESIDE_INPUTS);
    return new SweepEstimate(1, bytes, 0, 0, 0, 0, 0, 0);
  }

  private static SweepEstimate trained(
      TrialSpec trial,
      Data data,
      NetworkCost network,
      Retention.Checkpoints retention,
      boolean traced) {
    double bytes = network.checkpointBytes(Optimizer.of(trial.getOptimizer()).slots().size());
    double epochs = epochs(trial, (double) data.train);
    double written = checkpoints(trial.getTraining(), epochs);
    double kept =
        switch (retention) {
          case FINAL -> 1;
          case NONE -> 0;
          case ALL, UNSPECIFIED, UNRECOGNIZED -> written;
        };
    double trace = traced ? traceBytes(trial, data, epochs) : 0;
    double traces = traced && retention != Retention.Checkpoints.NONE ? 1 : 0;
    double operations = epochs * data.train * network.operationsPerExample();
    return new SweepEstimate(
        0, 0, kept, kept * bytes, traces, traces * trace, written * bytes + trace, operations);
  }

  /** At the end of each epoch from 0 on, and in its steps where presentations are defined. */
  private static double traceBytes(TrialSpec trial, Data data, double epochs) {
    int passes = Presentations.areDefined(trial) ? 2 : 1;
    int prediction = CodedOutputStream.computeUInt64SizeNoTag(data.classes);
    return (1 + passes * epochs) * data.train * (BYTES_BESIDE_PREDICTION + prediction);
  }

  /** Epochs at most, a fraction where the cap on steps is in the midst of one. */
  private static double epochs(TrialSpec trial, double examples) {
    TrainingSpec training = trial.getTraining();
    double epochs = Integer.toUnsignedLong(training.getEpochs());
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

  /** Bytes that stay in object storage when it has ended. */
  public double keptBytes() {
    return variantBytes + checkpointBytes + traceBytes;
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
