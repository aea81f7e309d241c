package dev.rote.metrics.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rote.agreement.EngineUnderTest;
import dev.rote.blueprint.Blueprint;
import dev.rote.metrics.ArrayExamples;
import dev.rote.networks.Network;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;
import dev.rote.v1.TrialSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class TrajectoryTest {
  private static final ArrayExamples EXAMPLES =
      new ArrayExamples(
          new float[] {0.1f, 0.9f, 0.8f, 0.3f, 0.5f, 0.6f}, new int[] {0, 1, 1}, Set.of());

  private static TrialSpec trial() {
    TrialSpec.Builder trial = TrialSpec.newBuilder().setSeed(3);
    trial.getOptimizerBuilder().setLearningRate(0.1);
    trial.getTrainingBuilder().setEpochs(2000).setBatchSize(2);
    return trial.build();
  }

  private static Network network() {
    ModelSpec.Builder model = ModelSpec.newBuilder();
    model.getMlpBuilder().addHidden(3);
    Network network =
        EngineUnderTest.open()
            .create(
                Blueprint.of(
                    model.build(),
                    Shape.newBuilder().setChannels(1).setHeight(1).setWidth(2).build(),
                    2),
                1);
    network.initialize(1, ModelSpec.Initialization.GLOROT_UNIFORM);
    return network;
  }

  /** Runs of one to three levels of segments. */
  @Test
  void backward_visitsEveryStepOnceWithItsWeights() {
    try (Network network = network()) {
      Trajectory trajectory = new Trajectory(trial(), EXAMPLES, network, () -> {});
      Weights start = Weights.of(network);
      List<Weights> passed = new ArrayList<>(List.of(start));
      for (int step = 0; step < 1100; step++) {
        trajectory.forward(step, step + 1);
        passed.add(Weights.of(network));
      }
      for (int last : new int[] {0, 1, 31, 32, 33, 1023, 1024, 1100}) {
        List<Long> visited = new ArrayList<>();
        trajectory.backward(
            start,
            last,
            step -> {
              visited.add(step);
              assertThat(Weights.of(network).sameBits(passed.get((int) step))).isTrue();
              int[] labels = trajectory.batch().labels().clone();
              trajectory.batch().takeLabels(step);
              assertThat(trajectory.batch().labels()).isEqualTo(labels);
            });
        assertThat(visited).hasSize(last + 1).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(visited.get(last)).isZero();
      }
    }
  }

  /** What is kept grows with the logarithm of the steps, what is computed with the steps. */
  @Test
  void backward_longRun_keepsFewWeightsAndComputesEachStepOnceALevel() {
    try (Network network = network()) {
      long[] pulses = {0};
      Trajectory trajectory = new Trajectory(trial(), EXAMPLES, network, () -> pulses[0]++);
      Weights start = Weights.of(network);
      int[] levels = {1, 2, 3};
      int[] steps = {32, 1024, 3000};
      int[] kept = {32, 63, 64};
      for (int i = 0; i < steps.length; i++) {
        pulses[0] = 0;
        trajectory.backward(start, steps[i] - 1, step -> {});
        assertThat(trajectory.mostKept()).isEqualTo(kept[i]);
        assertThat(pulses[0]).isBetween((long) steps[i], (levels[i] + 1L) * steps[i]);
        assertThat(Trajectory.pulsesBack(steps[i])).isEqualTo(pulses[0]);
      }
    }
  }

  @Test
  void forward_pulseThrows_ends() {
    try (Network network = network()) {
      Trajectory trajectory =
          new Trajectory(
              trial(),
              EXAMPLES,
              network,
              () -> {
                throw new CancellationException("stop");
              });
      assertThatExceptionOfType(CancellationException.class)
          .isThrownBy(() -> trajectory.forward(0, 5));
    }
  }
}
