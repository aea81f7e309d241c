package dev.rote.metrics.dynamics;

import dev.rote.artifacts.traces.StoredTrace;
import dev.rote.metrics.examples.ExampleSet;
import dev.rote.metrics.examples.Predictions;
import dev.rote.metrics.examples.ScoredExamples;
import dev.rote.metrics.metric.CountedPulses;
import dev.rote.metrics.metric.MeasuredTrial;
import dev.rote.metrics.metric.Metric;
import dev.rote.recipes.Schedule;
import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.DynamicsMeasure;
import dev.rote.v1.ExampleSelection;
import dev.rote.v1.LabelCorruption;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.TraceBlock;
import dev.rote.v1.TracePass;
import dev.rote.v1.TrialResult;
import java.util.ArrayList;
import java.util.List;

/**
 * Training dynamics of every training example: numbers at every epoch, scores at the last one.
 * Reads the trace once, a block at a time.
 */
public final class DynamicsMetric implements Metric {
  private static final ExampleSelection ALL =
      ExampleSelection.newBuilder().setSplit(ExampleSelection.Split.TRAINING).setCount(0).build();

  @Override
  public MeasurementSpec.KindCase field() {
    return MeasurementSpec.KindCase.DYNAMICS;
  }

  /** Its values up to an epoch, and the scores then. */
  @Override
  public CheckpointMeasurement.Builder measure(
      MeasuredTrial trial, int epoch, MeasurementSpec spec, Runnable pulse) {
    List<CheckpointMeasurement> through = through(trial, epoch, spec.getDynamics(), pulse);
    return through.get(through.size() - 1).toBuilder();
  }

  /** Of every epoch, whatever checkpoints there are. */
  @Override
  public List<CheckpointMeasurement> measure(
      MeasuredTrial trial, List<Integer> epochs, MeasurementSpec spec, Runnable pulse) {
    TrialResult result = trial.result();
    boolean diverged = result.getOutcome() == TrialResult.Outcome.DIVERGED;
    int last = result.getHistoryCount() - (diverged ? 2 : 1);
    DynamicsMeasure dynamics = spec.getDynamics();
    int until = dynamics.hasUntilEpoch() ? Math.min(dynamics.getUntilEpoch(), last) : last;
    return through(trial, until, dynamics, pulse);
  }

  private static List<CheckpointMeasurement> through(
      MeasuredTrial trial, int last, DynamicsMeasure dynamics, Runnable pulse) {
    ExampleSet examples = trial.examples(ALL);
    TraceMeasures measures =
        new TraceMeasures(dynamics.getScoresList(), examples, lastOfAum(trial, dynamics, examples));
    LearningCurves curves = new LearningCurves(examples, hasOwnClasses(trial));
    Predictions predictions = new Predictions(examples.size());
    CountedPulses.together(pulse);
    int blocks = (examples.size() + StoredTrace.BLOCK - 1) / StoredTrace.BLOCK;
    CountedPulses.expect(pulse, (last + 1L) * blocks);
    List<CheckpointMeasurement> measured = new ArrayList<>();
    for (int epoch = 0; epoch <= last; epoch++) {
      curves.begin();
      for (int first = 0; first < examples.size(); first += StoredTrace.BLOCK) {
        pulse.run();
        TraceBlock block = trial.trace(examples.size(), epoch, first / StoredTrace.BLOCK);
        curves.takeEnd(block.getEpochEnd(), first);
        curves.takePresentation(block.getPresentation(), first);
        if (epoch == last) {
          take(block.getEpochEnd(), first, predictions);
        }
        if (epoch > 0) {
          measures.take(block.getEpochEnd(), false, epoch, first);
          measures.take(block.getPresentation(), true, epoch, first);
        }
      }
      measured.add(
          CheckpointMeasurement.newBuilder().setEpoch(epoch).setDynamics(curves.values()).build());
    }
    CheckpointMeasurement.Builder end = measured.get(measured.size() - 1).toBuilder();
    measures.write(end.getDynamicsBuilder());
    end.setScores(
        ScoredExamples.of(examples)
            .addAllScores(measures.scores())
            .addAllPredictions(predictions.stored()));
    measured.set(measured.size() - 1, end.build());
    return measured;
  }

  private static void take(TracePass end, int first, Predictions predictions) {
    for (int i = 0; i < end.getPredictionsCount(); i++) {
      predictions.set(first + i, end.getPredictions(i) - 1);
    }
  }

  /** The last epoch through which no step's rate is below that of the step before it. */
  private static int lastOfAum(MeasuredTrial trial, DynamicsMeasure dynamics, ExampleSet examples) {
    Schedule schedule = Schedule.of(trial.result().getSpec(), examples.size());
    long step = 1;
    while (dynamics.getAumBeforeRateDrop()
        && step < schedule.steps()
        && schedule.learningRate(step) >= schedule.learningRate(step - 1)) {
      step++;
    }
    boolean drops = dynamics.getAumBeforeRateDrop() && step < schedule.steps();
    return drops ? schedule.epochOf(step) - 1 : Integer.MAX_VALUE;
  }

  private static boolean hasOwnClasses(MeasuredTrial trial) {
    return trial.result().getSpec().getCorruption().getLabels().getRule()
        == LabelCorruption.Rule.UNIQUE;
  }
}
