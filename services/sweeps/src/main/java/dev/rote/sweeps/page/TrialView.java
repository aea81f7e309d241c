package dev.rote.sweeps.page;

import dev.rote.figures.ShortDuration;
import dev.rote.figures.ShortNumber;
import dev.rote.figures.study.HistorySeries;
import dev.rote.spec.SweepFiles;
import dev.rote.v1.CheckpointRef;
import dev.rote.v1.DescribeTrialResponse;
import dev.rote.v1.EpochRecord;
import dev.rote.v1.MeasurementState;
import dev.rote.v1.Sweep;
import dev.rote.v1.TrialResult;
import dev.rote.v1.TrialSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One trial on its page.
 *
 * @param facts name and value of what is known of it
 * @param failure why it failed; empty when it did not
 * @param live whether it may still change
 * @param moment changes with its history, for the address of its curves
 * @param curves whether there is a history to draw, {@code size} how large
 * @param specification what was trained, every default filled in
 */
public record TrialView(
    String sweepId,
    String sweepName,
    long index,
    List<Fact> facts,
    boolean live,
    String moment,
    String failure,
    boolean curves,
    PictureSize size,
    List<Epoch> epochs,
    List<Checkpoint> checkpoints,
    List<Measured> measurements,
    String specification) {
  private static final int MOST_EPOCHS = 200;

  /** Something known. */
  public record Fact(String name, String value) {}

  /** Numbers of an epoch, in words. */
  public record Epoch(
      int epoch, String trainAccuracy, String trainLoss, String accuracy, String loss) {}

  /** A checkpoint that was kept. */
  public record Checkpoint(int epoch, String steps, String size) {}

  /** A measurement, and whether it is made. */
  public record Measured(String name, String state) {}

  static TrialView of(Sweep sweep, DescribeTrialResponse trial) {
    TrialSummary summary = trial.getTrial();
    TrialResult result = soFar(trial);
    List<EpochRecord> history = HistorySeries.reached(result);
    return new TrialView(
        sweep.getStatus().getSweepId(),
        sweep.getMetadata().getName(),
        summary.getIndex(),
        facts(trial),
        TrialStates.isLive(summary.getState()),
        moment(trial),
        trial.getFailure(),
        history.size() > 1,
        PictureSize.of(TrialCurves.of(summary.getIndex(), result)),
        epochs(history),
        result.getCheckpointsList().stream().map(TrialView::checkpoint).toList(),
        trial.getMeasurementsList().stream()
            .map(m -> new Measured(m.getName(), m.getStored() ? "measured" : "not measured yet"))
            .toList(),
        SweepFiles.toYaml(trial.getSpec()));
  }

  /** Its result, or what there is of it so far. */
  static TrialResult soFar(DescribeTrialResponse trial) {
    return trial.hasResult()
        ? trial.getResult()
        : TrialResult.newBuilder().addAllHistory(trial.getHistoryList()).build();
  }

  /** What is to be seen of it follows from these words. */
  static String moment(DescribeTrialResponse trial) {
    TrialSummary summary = trial.getTrial();
    long measured =
        trial.getMeasurementsList().stream().filter(MeasurementState::getStored).count();
    return String.join(
        "-",
        TrialStates.word(summary.getState()),
        Integer.toString(summary.getEpochsDone()),
        Integer.toString(soFar(trial).getHistoryCount()),
        Long.toString(measured));
  }

  private static List<Fact> facts(DescribeTrialResponse trial) {
    TrialSummary summary = trial.getTrial();
    TrialResult result = trial.getResult();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("State", TrialStates.word(summary.getState())));
    summary.getLabelsMap().forEach((axis, label) -> facts.add(new Fact(axis, label)));
    facts.add(new Fact("Repetition", Integer.toString(summary.getRepetition())));
    facts.add(new Fact("Epochs", Integer.toString(summary.getEpochsDone())));
    if (trial.hasResult()) {
      facts.add(new Fact("Ended", TrialsView.outcome(result.getOutcome())));
      facts.add(new Fact("Training time", ShortDuration.of(result.getTrainingSeconds())));
      facts.add(new Fact("Parameters", String.format(Locale.ROOT, "%,d", result.getParameters())));
      facts.add(new Fact("Backend", result.getBackend()));
    }
    facts.add(new Fact("Id", summary.getTrialId()));
    return facts;
  }

  private static List<Epoch> epochs(List<EpochRecord> history) {
    int step = Math.max(1, (history.size() + MOST_EPOCHS - 1) / MOST_EPOCHS);
    List<Epoch> epochs = new ArrayList<>();
    for (int i = 0; i < history.size(); i++) {
      if (i % step == 0 || i == history.size() - 1) {
        epochs.add(epoch(history.get(i)));
      }
    }
    return epochs;
  }

  private static Epoch epoch(EpochRecord epoch) {
    return new Epoch(
        epoch.getEpoch(),
        ShortNumber.of(epoch.getTrain().getAccuracy()),
        ShortNumber.of(epoch.getTrain().getLoss()),
        ShortNumber.of(epoch.getValidation().getAccuracy()),
        ShortNumber.of(epoch.getValidation().getLoss()));
  }

  private static Checkpoint checkpoint(CheckpointRef checkpoint) {
    return new Checkpoint(
        checkpoint.getEpoch(),
        String.format(Locale.ROOT, "%,d", checkpoint.getSteps()),
        String.format(Locale.ROOT, "%,.1f KiB", checkpoint.getSizeBytes() / 1024.0));
  }
}
