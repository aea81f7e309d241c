package dev.rote.trainer.training;

import static dev.rote.trainer.training.MadeTrials.adamw;
import static dev.rote.trainer.training.MadeTrials.adversarial;
import static dev.rote.trainer.training.MadeTrials.milestones;
import static dev.rote.trainer.training.MadeTrials.spec;
import static dev.rote.trainer.training.MadeTrials.trial;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.artifacts.checkpoints.CheckpointReader;
import dev.rote.trainer.training.MadeTrials.Kind;
import dev.rote.v1.Tensor;
import dev.rote.v1.TrialResult;
import dev.rote.v1.TrialSpec;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;

/** Runs of a residual network, whose nodes a sweep names. */
class ResidualRunIT extends TrialRunSuite {
  static Stream<Arguments> specs() {
    return Stream.of(
        Arguments.of("residual", spec(Kind.RESIDUAL)),
        Arguments.of("mixed residual, Nesterov by milestones", milestones(spec(Kind.RESIDUAL))),
        Arguments.of("AdamW on a residual", adamw(spec(Kind.RESIDUAL))),
        Arguments.of("adversarial residual", adversarial(spec(Kind.RESIDUAL))));
  }

  static Stream<Kind> kinds() {
    return Stream.of(Kind.RESIDUAL);
  }

  /** A residual network fits the classes, its blocks and their statistics stored by name. */
  @Test
  void run_residual_learnsAndKeepsItsBlocks() {
    TrialSpec.Builder spec = spec(Kind.RESIDUAL);
    spec.clearRegularization().getTrainingBuilder().setEpochs(10);
    TrialResult result = runs.finish(trial(spec));
    assertThat(result.getHistory(10).getClean().getAccuracy()).isGreaterThan(0.9);
    assertThat(result.getHistory(10).getValidation().getAccuracy()).isGreaterThan(0.9);
    /* 3x3 from 1 and from 4 to 4 channels, two norms, 4x4x4 to 3 classes. */
    assertThat(result.getParameters()).isEqualTo(36 + 144 + 2 * 8 + 64 * 3 + 3);
    try (CheckpointReader reader =
        CheckpointReader.open(runs.store(), result.getCheckpoints(10).getKey())) {
      assertThat(reader.header().getTensorsList())
          .extracting(Tensor::getName)
          .contains("conv2/weights", "norm2/mean", "norm2/variance", "conv2/weights/momentum");
    }
  }
}
