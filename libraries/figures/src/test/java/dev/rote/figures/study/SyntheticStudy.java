package dev.rote.figures.study;

import dev.rote.v1.ExampleSelection;
import dev.rote.v1.Measurement;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.TrialResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Results made by hand, in place of stored ones. */
public final class SyntheticStudy implements StudyResults {
  private final Sweep sweep;
  private final List<CellResults> cells = new ArrayList<>();

  public SyntheticStudy(Sweep sweep) {
    this.sweep = sweep;
  }

  public static SyntheticStudy of(SweepSpec spec) {
    Sweep.Builder sweep = Sweep.newBuilder().setSpec(spec);
    sweep.getMetadataBuilder().setName("synthetic");
    return new SyntheticStudy(sweep.build());
  }

  private record Cell(
      Map<String, String> labels,
      int repetition,
      Optional<TrialResult> trial,
      Map<String, Measurement> measurements,
      Fate.End end)
      implements CellResults {

    @Override
    public Optional<Measurement> measurement(String name) {
      return Optional.ofNullable(measurements.get(name));
    }
  }

  public SyntheticStudy add(
      Map<String, String> labels,
      int repetition,
      TrialResult trial,
      Map<String, Measurement> measurements) {
    cells.add(
        new Cell(
            labels,
            repetition,
            Optional.of(trial),
            new LinkedHashMap<>(measurements),
            Fate.End.DONE));
    return this;
  }

  public SyntheticStudy addMissing(Map<String, String> labels, int repetition) {
    return addMissing(labels, repetition, Fate.End.FAILED);
  }

  public SyntheticStudy addMissing(Map<String, String> labels, int repetition, Fate.End end) {
    cells.add(new Cell(labels, repetition, Optional.empty(), Map.of(), end));
    return this;
  }

  /** A trial with these training and validation accuracies from epoch 0 on. */
  public static TrialResult trial(String id, double[] train, double[] validation) {
    TrialResult.Builder trial =
        TrialResult.newBuilder().setTrialId(id).setTrainingSeconds(1.5).setBackend("by hand");
    for (int epoch = 0; epoch < train.length; epoch++) {
      var record = trial.addHistoryBuilder().setEpoch(epoch);
      record.getTrainBuilder().setAccuracy(train[epoch]).setLoss(2 * (1 - train[epoch]));
      record
          .getValidationBuilder()
          .setAccuracy(validation[epoch])
          .setLoss(2 * (1 - validation[epoch]));
      record.getCorruptedBuilder().setAccuracy(Double.NaN).setLoss(Double.NaN);
      record.getCleanBuilder().setAccuracy(train[epoch]);
    }
    return trial.build();
  }

  /** Critical sample ratios at these epochs. */
  public static Measurement ratios(int[] epochs, double[] ratios) {
    Measurement.Builder measurement = Measurement.newBuilder();
    for (int i = 0; i < epochs.length; i++) {
      measurement
          .addCheckpointsBuilder()
          .setEpoch(epochs[i])
          .getCriticalSamplesBuilder()
          .setRatio(ratios[i]);
    }
    return measurement.build();
  }

  /** A sensitivity with this Gini coefficient. */
  public static Measurement gini(double gini) {
    Measurement.Builder measurement = Measurement.newBuilder();
    measurement.addCheckpointsBuilder().setEpoch(9).getLossSensitivityBuilder().setGini(gini);
    return measurement.build();
  }

  /** A class matrix, row-major. */
  public static Measurement classMatrix(int classes, double... values) {
    Measurement.Builder measurement = Measurement.newBuilder();
    var sensitivity =
        measurement
            .addCheckpointsBuilder()
            .setEpoch(9)
            .getLossSensitivityBuilder()
            .setClasses(classes);
    for (double value : values) {
      sensitivity.addClassMatrix(value);
    }
    return measurement.build();
  }

  /** Filters at one epoch, [n, channels, height, width]. */
  public static Measurement filters(
      int epoch, int channels, int height, int width, float... weights) {
    Measurement.Builder measurement = Measurement.newBuilder();
    var filters = measurement.addCheckpointsBuilder().setEpoch(epoch).getFiltersBuilder();
    filters.getShapeBuilder().setChannels(channels).setHeight(height).setWidth(width);
    for (float weight : weights) {
      filters.addWeights(weight);
    }
    return measurement.build();
  }

  /** Errors of each example at one epoch, and their labels. */
  public static Measurement errors(int epoch, boolean[] wrong, int[] labels) {
    Measurement.Builder measurement = errors(epoch, wrong).toBuilder();
    for (int label : labels) {
      measurement.getCheckpointsBuilder(0).getExampleErrorsBuilder().addLabels(label);
    }
    return measurement.build();
  }

  /** Errors of each example at one epoch. */
  public static Measurement errors(int epoch, boolean[] wrong) {
    byte[] bits = new byte[(wrong.length + 7) / 8];
    for (int i = 0; i < wrong.length; i++) {
      if (wrong[i]) {
        bits[i / 8] |= (byte) (1 << i % 8);
      }
    }
    Measurement.Builder measurement = Measurement.newBuilder();
    measurement
        .addCheckpointsBuilder()
        .setEpoch(epoch)
        .getExampleErrorsBuilder()
        .setExamples(wrong.length)
        .setErrors(com.google.protobuf.ByteString.copyFrom(bits));
    return measurement.build();
  }

  @Override
  public Sweep sweep() {
    return sweep;
  }

  @Override
  public Map<String, String> ownFiles(Collection<String> variantIds) {
    return variantIds.stream().collect(Collectors.toMap(id -> id + ".idx", id -> "hash of " + id));
  }

  /**
   * Every example of a variant is a picture of one pixel, a hundredth of its index, which is the
   * dataset's label, too.
   */
  @Override
  public Map<Integer, ExamplePicture> pictures(
      String variantId, ExampleSelection.Split split, Collection<Integer> sourceIndices) {
    return sourceIndices.stream()
        .collect(
            Collectors.toMap(
                index -> index,
                index -> new ExamplePicture(1, 1, 1, new float[] {index / 100f}, index, false)));
  }

  @Override
  public long cells() {
    return cells.size();
  }

  @Override
  public CellResults cell(long index) {
    return cells.get(Math.toIntExact(index));
  }
}
