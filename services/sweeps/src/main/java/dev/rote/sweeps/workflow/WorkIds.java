package dev.rote.sweeps.workflow;

import dev.rote.spec.AdmittedMeasurement;
import dev.rote.spec.AdmittedTrial;
import dev.rote.spec.AdmittedVariant;
import dev.rote.v1.MaterializeVariantWork;
import dev.rote.v1.MeasureTrialWork;
import dev.rote.v1.PruneTrialWork;
import dev.rote.v1.Retention;
import dev.rote.v1.TrainTrialWork;
import dev.rote.v1.WorkItem;
import dev.rote.v1.WriteReportWork;
import java.util.Optional;

/** Names of work, and the items they stand for. */
final class WorkIds {
  private static final String REPORT = "report/";

  private WorkIds() {}

  static String variant(String variantId) {
    return "variant/" + variantId;
  }

  static String trial(String trialId) {
    return "trial/" + trialId;
  }

  static String measurement(String measurementId) {
    return "measurement/" + measurementId;
  }

  static String report(String sweepId) {
    return REPORT + sweepId;
  }

  /** The word for a kind of work in ids, counts and sentences. */
  static String word(WorkItem.WorkCase kind) {
    return switch (kind) {
      case MATERIALIZE_VARIANT -> "variant";
      case TRAIN_TRIAL -> "trial";
      case MEASURE_TRIAL -> "measurement";
      case WRITE_REPORT -> "report";
      case PRUNE_TRIAL -> "prune";
      case WORK_NOT_SET -> throw new IllegalStateException("a piece of work is of no kind");
    };
  }

  /** The sweep whose report this work is, if it is one. */
  static Optional<String> sweepOfReport(String workId) {
    return workId.startsWith(REPORT)
        ? Optional.of(workId.substring(REPORT.length()))
        : Optional.empty();
  }

  /** The word before the first slash. */
  static String kind(String workId) {
    int slash = workId.indexOf('/');
    return slash < 0 ? workId : workId.substring(0, slash);
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

  static WorkItem train(SweepPlan.Cell cell) {
    AdmittedTrial trial = cell.trial();
    return WorkItem.newBuilder()
        .setWorkId(trial(trial.id().value()))
        .setVersions(cell.versions().toString())
        .setTrainTrial(
            TrainTrialWork.newBuilder()
                .setTrialId(trial.id().value())
                .setTrial(trial.spec())
                .setVariantId(trial.variant().id().value()))
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

  static WorkItem prune(String sweepId, String trialId, Retention.Checkpoints keep) {
    return WorkItem.newBuilder()
        .setWorkId("prune/" + sweepId + "/" + trialId)
        .setPruneTrial(PruneTrialWork.newBuilder().setTrialId(trialId).setKeep(keep))
        .build();
  }
}
