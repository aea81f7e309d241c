package dev.rote.sweeps.workflow;

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
    return WorkItem.newBuilder()
        .setWorkId(variant(cell.variantId()))
        .setMaterializeVariant(
            MaterializeVariantWork.newBuilder()
                .setVariantId(cell.variantId())
                .setVariant(cell.variant()))
        .build();
  }

  static WorkItem train(SweepPlan.Cell cell) {
    return WorkItem.newBuilder()
        .setWorkId(trial(cell.trialId()))
        .setTrainTrial(
            TrainTrialWork.newBuilder()
                .setTrialId(cell.trialId())
                .setTrial(cell.trial())
                .setVariantId(cell.variantId()))
        .build();
  }

  static WorkItem measure(SweepPlan.Cell cell, SweepPlan.Measure measure) {
    return WorkItem.newBuilder()
        .setWorkId(measurement(measure.measurementId()))
        .setMeasureTrial(
            MeasureTrialWork.newBuilder()
                .setMeasurementId(measure.measurementId())
                .setTrialId(cell.trialId())
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
