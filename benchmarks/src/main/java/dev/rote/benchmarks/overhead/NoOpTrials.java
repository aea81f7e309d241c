package dev.rote.benchmarks.overhead;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.v1.EpochRecord;
import dev.rote.v1.PartRecord;
import dev.rote.v1.TrainTrialWork;
import dev.rote.v1.TrialResult;
import dev.rote.v1.WorkItem;
import dev.rote.workqueue.WorkContext;
import dev.rote.workqueue.WorkHandler;
import dev.rote.workqueue.WorkOutcome;
import java.time.Duration;
import java.util.Optional;

/**
 * Trials that train nothing. What a trainer owes the stack is kept: it looks for a stored result,
 * and stores one, conditionally, in its place in object storage. Left out are the variant's bytes,
 * the network, its steps and evaluations, and the checkpoints.
 */
final class NoOpTrials implements WorkHandler {
  private final ObjectStore store;
  private final Duration training;

  /**
   * @param training time that each trial sleeps in place of training
   */
  NoOpTrials(ObjectStore store, Duration training) {
    this.store = store;
    this.training = training;
  }

  @Override
  public WorkOutcome handle(WorkItem item, WorkContext context) throws Exception {
    TrainTrialWork work = item.getTrainTrial();
    String id = work.getTrialId();
    Optional<TrialResult> stored =
        store
            .size(ArtifactKeys.trialResult(id))
            .flatMap(size -> StoredMessage.TRIAL_RESULT.find(store, id));
    if (stored.isPresent()) {
      return completed(stored.get(), true);
    }
    Thread.sleep(training.toMillis());
    TrialResult result = untrained(work);
    StoredMessage.TRIAL_RESULT.putIfAbsent(store, result);
    return completed(result, false);
  }

  private static WorkOutcome completed(TrialResult result, boolean reused) {
    return WorkOutcome.Completed.trial(reused, result.getOutcome(), result.getHistoryCount() - 1);
  }

  /** A result in the shape that a trainer stores; its accuracy is the seed's last digits. */
  private static TrialResult untrained(TrainTrialWork work) {
    TrialResult.Builder result =
        TrialResult.newBuilder()
            .setTrialId(work.getTrialId())
            .setVariantId(work.getVariantId())
            .setSpec(work.getTrial())
            .setOutcome(TrialResult.Outcome.CAP_REACHED)
            .setBackend("none");
    int epochs = work.getTrial().getTraining().getEpochs();
    double accuracy = work.getTrial().getSeed() % 1000 / 1000.0;
    for (int epoch = 0; epoch <= epochs; epoch++) {
      result.addHistory(
          EpochRecord.newBuilder()
              .setEpoch(epoch)
              .setTrain(PartRecord.newBuilder().setExamples(1).setAccuracy(accuracy)));
    }
    return result.build();
  }
}
