package dev.rote.tables;

import com.google.protobuf.ByteString;
import dev.rote.figures.study.CellResults;
import dev.rote.figures.study.ExamplePicture;
import dev.rote.figures.study.Fate;
import dev.rote.figures.study.StudyResults;
import dev.rote.figures.study.TracedExamples;
import dev.rote.figures.study.TrialTrace;
import dev.rote.v1.EpochRecord;
import dev.rote.v1.ExampleScore;
import dev.rote.v1.ExampleScoreValues;
import dev.rote.v1.ExampleSelection;
import dev.rote.v1.Measurement;
import dev.rote.v1.PartRecord;
import dev.rote.v1.Sweep;
import dev.rote.v1.TraceBlock;
import dev.rote.v1.TracePass;
import dev.rote.v1.TrialResult;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A sweep with an axis of two labels: a trial with all its results, and one that failed. */
final class HandStudy implements StudyResults {
  private static final int FIRST_INDEX = 40;

  private final String name;
  private final int shift;

  /**
   * @param shift added to all source indices
   */
  HandStudy(String name, int shift) {
    this.name = name;
    this.shift = shift;
  }

  @Override
  public Sweep sweep() {
    Sweep.Builder sweep = Sweep.newBuilder();
    sweep.getMetadataBuilder().setName(name);
    sweep.getSpecBuilder().addAxesBuilder().setName("epoch");
    sweep.getSpecBuilder().addMeasurementsBuilder().setName("errors");
    sweep.getSpecBuilder().addMeasurementsBuilder().setName("traced");
    return sweep.build();
  }

  @Override
  public long cells() {
    return 2;
  }

  @Override
  public Map<String, String> ownFiles(Collection<String> variantIds) {
    return Map.of();
  }

  @Override
  public Map<Integer, ExamplePicture> pictures(
      String variantId, ExampleSelection.Split split, Collection<Integer> sourceIndices) {
    return Map.of();
  }

  @Override
  public CellResults cell(long index) {
    return index == 0
        ? new Cell("=1+1", 0, Fate.End.DONE, Optional.of(trial()))
        : new Cell("late", 1, Fate.End.FAILED, Optional.empty());
  }

  private TrialResult trial() {
    TrialResult.Builder trial =
        TrialResult.newBuilder()
            .setTrialId("t-" + name)
            .setVariantId("v")
            .setOutcome(TrialResult.Outcome.CONVERGED)
            .setParameters(7)
            .setTrainingSeconds(1.5)
            .setBackend("by hand");
    trial.getSpecBuilder().setSeed(3);
    trial.addHistory(
        EpochRecord.newBuilder()
            .setEpoch(1)
            .setSteps(12)
            .setLearningRate(0.1)
            .setTrain(part(10, 0.5, 0.25))
            .setCorrupted(part(0, Double.NaN, Double.NaN))
            .setClean(part(10, 0.5, 0.25))
            .setValidation(part(4, 0.75, Double.NaN)));
    return trial.build();
  }

  private static PartRecord part(int examples, double accuracy, double loss) {
    return PartRecord.newBuilder()
        .setExamples(examples)
        .setAccuracy(accuracy)
        .setLoss(loss)
        .build();
  }

  private Measurement errors() {
    Measurement.Builder measurement = Measurement.newBuilder();
    measurement
        .addCheckpointsBuilder()
        .setEpoch(1)
        .getExampleErrorsBuilder()
        .setExamples(2)
        .addSourceIndices(FIRST_INDEX + shift)
        .addSourceIndices(FIRST_INDEX + shift + 1)
        .addAllLosses(List.of(0.5f, 2f))
        .addAllLabels(List.of(3, 4))
        .setErrors(bits(0b10))
        .setCorrupted(bits(0b01));
    return measurement.build();
  }

  private Measurement traced() {
    Measurement.Builder measurement = Measurement.newBuilder();
    measurement
        .addCheckpointsBuilder()
        .setEpoch(1)
        .setScores(
            ExampleScoreValues.newBuilder()
                .addSourceIndices(FIRST_INDEX + shift)
                .addSourceIndices(FIRST_INDEX + shift + 1)
                .addAllLabels(List.of(3, 4))
                .addAllSourceLabels(List.of(3, 9))
                .setReplacedInputs(bits(0b01))
                .addAllPredictions(List.of(9, 0))
                .addScores(
                    ExampleScore.newBuilder()
                        .setName("forgetting")
                        .addAllValues(List.of(1f, Float.NaN))
                        .setCensored(bits(0b10))
                        .setSuspect(ExampleScore.Suspect.HIGH)));
    return measurement.build();
  }

  private void readTrace(TrialTrace.Reader reader) throws IOException {
    TracedExamples examples =
        new TracedExamples(
            new long[] {FIRST_INDEX + shift, FIRST_INDEX + shift + 1},
            new int[] {3, 4},
            new int[] {3, 9});
    reader.take(examples, TraceBlock.newBuilder().setEpochEnd(pass(-1, 2, 0.5f, 0, 4, 5)).build());
    reader.take(
        examples,
        TraceBlock.newBuilder()
            .setEpoch(1)
            .setEpochEnd(pass(1, Float.NaN, 0.25f, Float.NaN, 4, 0))
            .setPresentation(pass(-2, 3, 4, 0.125f, 9, 5))
            .build());
  }

  private static TracePass pass(
      float margin, float second, float loss, float secondLoss, int prediction, int other) {
    return TracePass.newBuilder()
        .addAllMargins(List.of(margin, second))
        .addAllLosses(List.of(loss, secondLoss))
        .addAllPredictions(List.of(prediction, other))
        .build();
  }

  private static ByteString bits(int bits) {
    return ByteString.copyFrom(new byte[] {(byte) bits});
  }

  private final class Cell implements CellResults {
    private final String label;
    private final int repetition;
    private final Fate.End end;
    private final Optional<TrialResult> trial;

    Cell(String label, int repetition, Fate.End end, Optional<TrialResult> trial) {
      this.label = label;
      this.repetition = repetition;
      this.end = end;
      this.trial = trial;
    }

    @Override
    public Map<String, String> labels() {
      return Map.of("epoch", label);
    }

    @Override
    public int repetition() {
      return repetition;
    }

    @Override
    public Fate.End end() {
      return end;
    }

    @Override
    public Optional<TrialResult> trial() {
      return trial;
    }

    @Override
    public Optional<Measurement> measurement(String measured) {
      return trial.map(done -> measured.equals("errors") ? errors() : traced());
    }

    @Override
    public Optional<TrialTrace> trace() {
      return trial.map(done -> HandStudy.this::readTrace);
    }
  }
}
