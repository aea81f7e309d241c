package dev.rote.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rote.embedded.Part;
import dev.rote.spec.Grid;
import dev.rote.spec.SweepValidator;
import dev.rote.testkit.Laboratory;
import dev.rote.v1.CheckpointSpec;
import dev.rote.v1.EpochRecord;
import dev.rote.v1.RunTrialRequest;
import dev.rote.v1.RunTrialResponse;
import dev.rote.v1.TrainerServiceGrpc;
import dev.rote.v1.TrialResult;
import dev.rote.v1.TrialSpec;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The networks, corruptions and optimisers of the paper's size really train. */
@ExtendWith(SharedLaboratory.class)
class PaperSweepsIT {
  private static final int EXAMPLES = 64;
  private static final int STEPS = 2;

  static List<String> sweeps() {
    return PaperSweeps.fullSize();
  }

  @ParameterizedTest
  @MethodSource("sweeps")
  void shouldTrainWhenAFigureIsOfThePapersSize(String name, Laboratory laboratory)
      throws Exception {
    assumeTrue(
        SharedLaboratory.DATASETS.isPresent(),
        "no real datasets in " + System.getProperty("rote.datasets", ""));
    TrialSpec trial = shortened(Grid.of(PaperSweeps.read(name).getSpec()).cell(0).trial());
    SweepValidator.check(trial);
    TrialResult result = run(trial, laboratory);
    assertThat(result.getOutcome())
        .isIn(TrialResult.Outcome.CAP_REACHED, TrialResult.Outcome.CONVERGED);
    EpochRecord last = result.getHistory(result.getHistoryCount() - 1);
    assertThat(last.getSteps()).isEqualTo(STEPS);
    assertThat(last.getTrain().getExamples()).isEqualTo(EXAMPLES);
    assertThat(last.getTrain().getLoss()).isFinite().isPositive();
  }

  /** The same network on few examples, for as few steps; of CIFAR-10 two files are at hand. */
  private static TrialSpec shortened(TrialSpec trial) {
    TrialSpec.Builder shortened = trial.toBuilder();
    shortened.getDatasetBuilder().setTrainSize(EXAMPLES).setValidationSize(EXAMPLES);
    if (trial.getDataset().getName().equals("cifar10")) {
      shortened.getDatasetBuilder().clearBatches().addBatches(1).addBatches(2);
    }
    shortened
        .getTrainingBuilder()
        .setEpochs(1)
        .setMaxSteps(STEPS)
        .setBatchSize(EXAMPLES / STEPS)
        .setCheckpoints(CheckpointSpec.newBuilder().setEveryEpochs(0));
    return shortened.build();
  }

  private static TrialResult run(TrialSpec trial, Laboratory laboratory) {
    Iterator<RunTrialResponse> answers =
        TrainerServiceGrpc.newBlockingStub(laboratory.channel(Part.TRAINER))
            .withDeadlineAfter(2, TimeUnit.MINUTES)
            .runTrial(RunTrialRequest.newBuilder().setTrial(trial).build());
    RunTrialResponse last = RunTrialResponse.getDefaultInstance();
    while (answers.hasNext()) {
      last = answers.next();
    }
    return last.getResult();
  }
}
