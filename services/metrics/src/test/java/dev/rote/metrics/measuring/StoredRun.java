package dev.rote.metrics.measuring;

import dev.rote.agreement.EngineUnderTest;
import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.checkpoints.CheckpointWriter;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.blueprint.Blueprint;
import dev.rote.metrics.StoredStudy;
import dev.rote.networks.Network;
import dev.rote.networks.StepSettings;
import dev.rote.recipes.Batches;
import dev.rote.recipes.Recipe;
import dev.rote.recipes.Schedule;
import dev.rote.spec.SemanticVersions;
import dev.rote.spec.SweepDefaults;
import dev.rote.v1.CheckpointHeader;
import dev.rote.v1.CheckpointRef;
import dev.rote.v1.EpochRecord;
import dev.rote.v1.Tensor;
import dev.rote.v1.TrialResult;
import dev.rote.v1.TrialSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A small perceptron trained by plain SGD on the variant of {@link StoredStudy}, and stored. */
final class StoredRun {
  private static final float[] INPUTS = {0.52f, 0.5f, 0.5f, 0.54f, 0.58f, 0.5f, 0.1f, 0.5f};
  private static final int[] LABELS = {0, 1, 0, 0};

  private final ObjectStore store;
  private final String trialId;

  StoredRun(ObjectStore store, String trialId) {
    this.store = store;
    this.trialId = trialId;
  }

  static TrialSpec spec() {
    TrialSpec.Builder trial = TrialSpec.newBuilder();
    trial.getDatasetBuilder().setName("strokes");
    trial.getModelBuilder().getMlpBuilder().addHidden(3);
    trial.getOptimizerBuilder().setLearningRate(0.5);
    trial.getTrainingBuilder().setEpochs(6).setBatchSize(3).setThreads(2);
    return SweepDefaults.fill(trial.build());
  }

  /**
   * Trains and stores epochs 0 and 6.
   *
   * @param slip added to a weight of the last checkpoint
   */
  void write(TrialSpec spec, float slip, TrialResult.Outcome outcome) {
    Batches batches = Batches.of(spec, LABELS.length);
    Schedule schedule = Schedule.of(spec, LABELS.length);
    Blueprint blueprint = Blueprint.of(spec.getModel(), StoredStudy.SHAPE, 2);
    try (Network network = EngineUnderTest.open().create(blueprint, Recipe.of(spec), 2)) {
      network.initialize(spec.getSeed(), spec.getModel().getInitialization());
      keep(network, spec, 0);
      int[] indices = new int[batches.largest()];
      for (long step = 0; step < schedule.steps(); step++) {
        int n = batches.take(step, indices);
        float[] inputs = new float[2 * n];
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
          System.arraycopy(INPUTS, 2 * indices[i], inputs, 2 * i, 2);
          labels[i] = LABELS[indices[i]];
        }
        network.step(
            inputs,
            labels,
            n,
            new StepSettings(
                schedule.learningRate(step),
                schedule.momentum(step),
                spec.getRegularization(),
                spec.getSeed(),
                step));
      }
      float[] weights = new float[network.state().entries().get(0).length()];
      network.read(0, weights);
      weights[0] += slip;
      network.write(0, weights);
      keep(network, spec, 6);
      putResult(spec, schedule.steps(), outcome);
    }
  }

  private void putResult(TrialSpec spec, long steps, TrialResult.Outcome outcome) {
    TrialResult.Builder result =
        TrialResult.newBuilder()
            .setTrialId(trialId)
            .setVariantId(StoredStudy.VARIANT)
            .setSpec(spec)
            .setOutcome(outcome)
            .setBackend("of this test")
            .setNumerics(EngineUnderTest.open().numerics());
    for (int epoch = 0; epoch <= 6; epoch++) {
      result.addHistory(EpochRecord.newBuilder().setEpoch(epoch).setSteps(steps * epoch / 6));
    }
    for (int epoch : List.of(0, 6)) {
      result.addCheckpoints(CheckpointRef.newBuilder().setEpoch(epoch));
    }
    StoredMessage.TRIAL_RESULT.putIfAbsent(store, result.build());
  }

  private void keep(Network network, TrialSpec spec, int epoch) {
    CheckpointHeader header =
        CheckpointHeader.newBuilder()
            .setTrialId(trialId)
            .setEngineVersion(SemanticVersions.ENGINE)
            .setEpoch(epoch)
            .setModel(spec.getModel())
            .setInput(Tensor.newBuilder().addAllShape(List.of(1, 1, 2)))
            .setClasses(2)
            .addAllTensors(network.tensors())
            .build();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      CheckpointWriter.write(header, network::read, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    store.putIfAbsent(ArtifactKeys.checkpoint(trialId, epoch), bytes.toByteArray());
  }
}
