package dev.rote.sweeps.workflow;

import dev.rote.spec.AdmittedMeasurement;
import dev.rote.spec.AdmittedTrial;
import dev.rote.spec.AdmittedVariant;
import dev.rote.v1.JudgeLookWork;
import dev.rote.v1.MaterializeVariantWork;
import dev.rote.v1.MeasureTrialWork;
import dev.rote.v1.PruneTrialWork;
import dev.rote.v1.Retention;
import dev.rote.v1.TrainTrialWork;
import dev.rote.v1.WorkItem;
import dev.rote.v1.WorkItem.WorkCase;
import dev.rote.v1.WriteReportWork;

/**
 * Names of work, made here alone, and the items they stand for. What kind of work a name stands for
 * is said by the item that the state holds; nobody reads a name.
 */
final class WorkIds {
  private WorkIds() {}

  static String variant(String variantId) {
    return name(WorkCase.MATERIALIZE_VARIANT, variantId);
  }

  static String trial(String trialId) {
    return name(WorkCase.TRAIN_TRIAL, trialId);
  }

  static String measurement(String measurementId) {
    return name(WorkCase.MEASURE_TRIAL, measurementId);
  }

  static String report(String sweepId) {
    return name(WorkCase.WRITE_REPORT, sweepId);
  }

  private static String name(WorkCase kind, String subject) {
    return WorkKinds.word(kind) + "/" + subject;
  }

  static WorkItem materialize(SweepPlan.Cell cell) {
    AdmittedVariant variant = cell.trial().variant();
    return WorkItem.newBuilder()
        .setWorkId(variant(variant.id().value()))
        .setVersions(cell.versions().toString())
        .setMaterializeVariant(
            MaterializeVariantWork.newBuilder()
                .setVariantId(variant.id().value())
                .setVariant(variant.spec()))
        .build();
  }

  /**
   * The training of a cell's trial.
   *
   * @param within the family of numerics that the trial's id is within; empty for its own id
   */
  static WorkItem train(SweepPlan.Cell cell, String within) {
    AdmittedTrial trial = cell.trial();
    return WorkItem.newBuilder()
        .setWorkId(trial(trial.id().value()))
        .setVersions(cell.versions().toString())
        .setTrainTrial(
            TrainTrialWork.newBuilder()
                .setTrialId(trial.id().value())
                .setTrial(trial.spec())
                .setVariantId(trial.variant().id().value())
                .setTrace(cell.traced())
                .setNumerics(within))
        .build();
  }

  static WorkItem measure(SweepPlan.Cell cell, AdmittedMeasurement measure) {
    return WorkItem.newBuilder()
        .setWorkId(measurement(measure.id().value()))
        .setVersions(cell.versions().toString())
        .setMeasureTrial(
            MeasureTrialWork.newBuilder()
                .setMeasurementId(measure.id().value())
                .setTrialId(measure.trial().value())
                .setMeasurement(measure.spec()))
        .build();
  }

  static WorkItem writeReport(String sweepId) {
    return WorkItem.newBuilder()
        .setWorkId(report(sweepId))
        .setWriteReport(WriteReportWork.newBuilder().setSweepId(sweepId))
        .build();
  }

  static String look(String sweepId, int number) {
    return name(WorkCase.JUDGE_LOOK, sweepId + "/" + number);
  }

  static WorkItem judgeLook(String sweepId, int number) {
    return WorkItem.newBuilder()
        .setWorkId(look(sweepId, number))
        .setJudgeLook(JudgeLookWork.newBuilder().setSweepId(sweepId).setNumber(number))
        .build();
  }

  static WorkItem prune(String sweepId, String trialId, Retention.Checkpoints keep) {
    return WorkItem.newBuilder()
        .setWorkId(name(WorkCase.PRUNE_TRIAL, sweepId + "/" + trialId))
        .setPruneTrial(PruneTrialWork.newBuilder().setTrialId(trialId).setKeep(keep))
        .build();
  }
}
