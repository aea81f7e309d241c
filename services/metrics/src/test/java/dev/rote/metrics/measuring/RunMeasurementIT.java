package dev.rote.metrics.measuring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.TextFormat;
import dev.rote.agreement.EngineUnderTest;
import dev.rote.artifacts.variants.StoredVariants;
import dev.rote.artifacts.variants.VariantCache;
import dev.rote.metrics.StoredStudy;
import dev.rote.metrics.metric.Metric;
import dev.rote.metrics.metric.NotReproducedException;
import dev.rote.metrics.storage.StoredNetworks;
import dev.rote.metrics.storage.StoredTrials;
import dev.rote.spec.SpecException;
import dev.rote.spec.SweepDefaults;
import dev.rote.spec.SweepValidator;
import dev.rote.testkit.TestStack;
import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.ExampleSelection;
import dev.rote.v1.FiltersValues;
import dev.rote.v1.FirstLayerFilters;
import dev.rote.v1.Graph;
import dev.rote.v1.LossSensitivity;
import dev.rote.v1.LossSensitivityValues;
import dev.rote.v1.LossSpec;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.OptimizerSpec;
import dev.rote.v1.Sharpness;
import dev.rote.v1.SharpnessValues;
import dev.rote.v1.TrialResult;
import dev.rote.v1.TrialSpec;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Loss-sensitivity, sharpness and filters of stored trials, against a real object store. */
class RunMeasurementIT {
  private static final TestStack STACK = new TestStack();

  @BeforeAll
  static void writeStudy() {
    new StoredStudy(STACK.store()).write();
  }

  @AfterAll
  static void stop() {
    STACK.close();
  }

  private static List<CheckpointMeasurement> measure(
      String trial, MeasurementSpec spec, Runnable pulse) {
    return new TrialMeasurer(
            new StoredTrials(
                STACK.store(),
                new VariantCache(new StoredVariants(STACK.store()), STACK.cache(), 1 << 20)),
            new StoredNetworks(STACK.store(), EngineUnderTest.open()),
            System::nanoTime)
        .measure(trial, spec, pulse)
        .measurement()
        .getCheckpointsList();
  }

  private static MeasurementSpec sensitivity() {
    return MeasurementSpec.newBuilder()
        .setLossSensitivity(LossSensitivity.newBuilder().setTailSteps(6).setClassMatrix(true))
        .build();
  }

  @Test
  void metrics_holdEveryKind() {
    EnumSet<MeasurementSpec.KindCase> kinds =
        EnumSet.complementOf(EnumSet.of(MeasurementSpec.KindCase.KIND_NOT_SET));
    assertThat(Metrics.ALL.stream().map(Metric::field).collect(Collectors.toList()))
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(kinds);
  }

  /** The trial was trained on two threads; twelve steps, losses of steps 6, 8 and 10. */
  @Test
  void measure_lossSensitivity_oneValueAtTheLastEpoch() {
    String trial = "10000000000000000000000000000001";
    new StoredRun(STACK.store(), trial).write(StoredRun.spec(), 0, TrialResult.Outcome.CAP_REACHED);
    List<CheckpointMeasurement> checkpoints = measure(trial, sensitivity(), () -> {});
    assertThat(checkpoints).extracting(CheckpointMeasurement::getEpoch).containsExactly(6);
    LossSensitivityValues values = checkpoints.get(0).getLossSensitivity();
    assertThat(values.getExamples()).isEqualTo(4);
    assertThat(values.getSteps()).isEqualTo(12);
    assertThat(values.getLosses()).isEqualTo(3);
    assertThat(values.getSensitivitiesList()).hasSize(4).allMatch(s -> s > 0);
    assertThat(values.getSourceIndicesList()).containsExactly(10, 11, 12, 13);
    double mean = values.getSensitivitiesList().stream().mapToDouble(s -> s).sum() / 4;
    assertThat(values.getMean()).isCloseTo(mean, within(1e-6 * mean));
    assertThat(values.getGini()).isBetween(0.0, 1.0);
    assertThat(values.getClasses()).isEqualTo(2);
    assertThat(values.getClassMatrixList()).hasSize(4).allMatch(m -> m > 0);
    double all = values.getClassMatrixList().stream().mapToDouble(m -> m).sum();
    double off = values.getClassMatrix(1) + values.getClassMatrix(2);
    assertThat(values.getOffDiagonalShare()).isCloseTo(off / all, within(1e-12));
    assertThat(values.getDiagonalDominance()).isCloseTo((all - off) / off, within(1e-9));
  }

  /** The run is retraced on the loss that it was trained on, and that one is differentiated. */
  @Test
  void measure_trialsOfOtherLossesAndSchedules_areRetraced() {
    LossSpec smoothed =
        LossSpec.newBuilder()
            .setCrossEntropy(LossSpec.CrossEntropy.newBuilder().setLabelSmoothing(0.3))
            .build();
    LossSpec shifted =
        LossSpec.newBuilder().setShiftedLog(LossSpec.ShiftedLog.getDefaultInstance()).build();
    List<Double> means = new ArrayList<>();
    for (LossSpec loss : List.of(LossSpec.getDefaultInstance(), smoothed, shifted)) {
      TrialSpec.Builder spec = StoredRun.spec().toBuilder().setLoss(loss);
      spec.getOptimizerBuilder().getOneCycleBuilder().setCycleMomentum(false);
      String trial = "1000000000000000000000000000002" + means.size();
      new StoredRun(STACK.store(), trial)
          .write(SweepDefaults.fill(spec.build()), 0, TrialResult.Outcome.CAP_REACHED);
      means.add(measure(trial, sensitivity(), () -> {}).get(0).getLossSensitivity().getMean());
    }
    assertThat(means).doesNotHaveDuplicates().allMatch(mean -> mean > 0);
  }

  /** Of a small convolutional network with batch norm, and of a residual one. */
  @Test
  void measure_networksWithBatchNorm_sensitivityAndSharpness() throws TextFormat.ParseException {
    String begin =
        """
        nodes {name: 'a' convolution {filters: 3 kernel: 1}}
        nodes {name: 'n' batch_norm {}}
        nodes {name: 'r' relu {}}
        """;
    String residual =
        """
        nodes {name: 'b' convolution {filters: 3 kernel: 1}}
        nodes {name: 'm' batch_norm {}}
        nodes {name: 's' inputs: 'm' inputs: 'r' add {}}
        """;
    String end = "nodes {name: 'f' flatten {}} nodes {name: 'd' dense {}}";
    MeasurementSpec sharpness =
        MeasurementSpec.newBuilder()
            .setSharpness(Sharpness.getDefaultInstance())
            .setFinalOnly(true)
            .build();
    int number = 40;
    for (String nodes : List.of(begin + end, begin + residual + end)) {
      TrialSpec.Builder spec = StoredRun.spec().toBuilder();
      spec.getModelBuilder().setGraph(TextFormat.parse(nodes, Graph.class));
      String trial = "100000000000000000000000000000" + number++;
      new StoredRun(STACK.store(), trial)
          .write(SweepDefaults.fill(spec.build()), 0, TrialResult.Outcome.CAP_REACHED);
      LossSensitivityValues values =
          measure(trial, sensitivity(), () -> {}).get(0).getLossSensitivity();
      assertThat(values.getLosses()).isEqualTo(3);
      assertThat(values.getMean()).isPositive().isFinite();
      SharpnessValues sharp = measure(trial, sharpness, () -> {}).get(0).getSharpness();
      assertThat(sharp.getConverged()).isTrue();
      assertThat(sharp.getLargestEigenvalue()).isPositive();
    }
  }

  @Test
  void measure_recipesThatAreNotUnrolled_areRefused() {
    for (String refused : List.of("adam", "clipNorm", "decayTouches")) {
      TrialSpec.Builder spec = StoredRun.spec().toBuilder();
      switch (refused) {
        case "adam" -> spec.getOptimizerBuilder().getAdamBuilder();
        case "clipNorm" -> spec.getOptimizerBuilder().setClipNorm(1);
        default -> {
          spec.getOptimizerBuilder().setDecayTouches(OptimizerSpec.DecayTouches.ALL);
          spec.getRegularizationBuilder().setWeightDecay(0.1);
        }
      }
      TrialSpec filled = SweepDefaults.fill(spec.build());
      assertThatExceptionOfType(SpecException.class)
          .isThrownBy(() -> SweepValidator.checkMeasurement(sensitivity(), filled))
          .withMessageContaining("leave out optimizer." + refused);
    }
  }

  @Test
  void measure_lastCheckpointIsAnother_isNotReproduced() {
    String trial = "10000000000000000000000000000002";
    new StoredRun(STACK.store(), trial)
        .write(StoredRun.spec(), 1e-6f, TrialResult.Outcome.CAP_REACHED);
    assertThatExceptionOfType(NotReproducedException.class)
        .isThrownBy(() -> measure(trial, sensitivity(), () -> {}))
        .withMessageContaining(trial)
        .withMessageContaining("trained by of this test")
        .withMessageContaining(EngineUnderTest.open().description());
  }

  @Test
  void measure_divergedRun_isNaN() {
    String trial = "10000000000000000000000000000003";
    new StoredRun(STACK.store(), trial)
        .write(StoredRun.spec(), Float.NaN, TrialResult.Outcome.DIVERGED);
    LossSensitivityValues values =
        measure(trial, sensitivity(), () -> {}).get(0).getLossSensitivity();
    assertThat(values.getGini()).isNaN();
    assertThat(values.getMean()).isNaN();
    assertThat(values.getSensitivitiesList()).hasSize(4).allMatch(s -> Float.isNaN(s));
    SharpnessValues sharpness =
        measure(
                trial,
                MeasurementSpec.newBuilder()
                    .setSharpness(Sharpness.getDefaultInstance())
                    .setFinalOnly(true)
                    .build(),
                () -> {})
            .get(0)
            .getSharpness();
    assertThat(sharpness.getLargestEigenvalue()).isNaN();
    assertThat(sharpness.getConverged()).isFalse();
  }

  @Test
  void measure_trialsThatDoNotFit_areRefused() {
    TrialSpec momentum =
        StoredRun.spec().toBuilder()
            .setOptimizer(StoredRun.spec().getOptimizer().toBuilder().setMomentum(0.9))
            .build();
    String trial = "10000000000000000000000000000004";
    new StoredRun(STACK.store(), trial).write(momentum, 0, TrialResult.Outcome.CAP_REACHED);
    assertThatExceptionOfType(SpecException.class)
        .isThrownBy(() -> measure(trial, sensitivity(), () -> {}))
        .withMessageContaining("measurement.lossSensitivity")
        .withMessageContaining("momentum");
  }

  /** Stopped in the replay and in each of the sweeps back. */
  @Test
  void measure_stopped_endsAtOnce() {
    String trial = "10000000000000000000000000000005";
    new StoredRun(STACK.store(), trial).write(StoredRun.spec(), 0, TrialResult.Outcome.CAP_REACHED);
    AtomicInteger all = new AtomicInteger();
    for (int stopAt : List.of(1, 5, 14, 20)) {
      AtomicInteger calls = new AtomicInteger();
      assertThatExceptionOfType(CancellationException.class)
          .isThrownBy(
              () ->
                  measure(
                      trial,
                      sensitivity(),
                      () -> {
                        if (calls.incrementAndGet() == stopAt) {
                          throw new CancellationException("stop");
                        }
                      }));
      assertThat(calls).hasValue(stopAt);
    }
    measure(trial, sensitivity(), all::incrementAndGet);
    assertThat(all).hasValueGreaterThan(20);
  }

  /** Largest eigenvalue of the second moments of (x, 1), by power iteration. */
  private static double largestMoment() {
    double[][] x = {{0.52, 0.5, 1}, {0.5, 0.54, 1}, {0.58, 0.5, 1}, {0.1, 0.5, 1}};
    double[] v = {1, 1, 1};
    double value = 0;
    for (int round = 0; round < 200; round++) {
      double[] product = new double[3];
      for (double[] row : x) {
        double dot = row[0] * v[0] + row[1] * v[1] + row[2] * v[2];
        for (int j = 0; j < 3; j++) {
          product[j] += dot * row[j] / 4;
        }
      }
      value =
          Math.sqrt(product[0] * product[0] + product[1] * product[1] + product[2] * product[2]);
      for (int j = 0; j < 3; j++) {
        v[j] = product[j] / value;
      }
    }
    return value;
  }

  /**
   * At epoch 0 all weights are zero: half the largest eigenvalue of the second moments of (x, 1),
   * which the trace bounds.
   */
  @Test
  void measure_sharpness_ofEveryCheckpoint() {
    MeasurementSpec spec =
        MeasurementSpec.newBuilder()
            .setSharpness(
                Sharpness.newBuilder()
                    .setExamples(
                        ExampleSelection.newBuilder().setSplit(ExampleSelection.Split.TRAINING))
                    .setTolerance(1e-5))
            .build();
    List<CheckpointMeasurement> checkpoints = measure(StoredStudy.TRIAL, spec, () -> {});
    assertThat(checkpoints).extracting(CheckpointMeasurement::getEpoch).containsExactly(0, 1, 4);
    for (CheckpointMeasurement checkpoint : checkpoints) {
      SharpnessValues values = checkpoint.getSharpness();
      assertThat(values.getExamples()).isEqualTo(4);
      assertThat(values.getConverged()).isTrue();
      assertThat(values.getResidual()).isLessThan(1e-5 * values.getLargestEigenvalue());
      assertThat(values.getIterations()).isBetween(1, 8);
    }
    assertThat(checkpoints.get(0).getSharpness().getLargestEigenvalue())
        .isCloseTo(largestMoment() / 2, within(1e-5));
  }

  /** Units (e, -e), whose only neighbours differ, and (0, 0), which has no shape. */
  @Test
  void measure_filters_firstOfThemAndStructureOfAll() {
    MeasurementSpec spec =
        MeasurementSpec.newBuilder()
            .setFilters(FirstLayerFilters.newBuilder().setCount(1))
            .addEpochs(4)
            .build();
    FiltersValues values = measure(StoredStudy.TRIAL, spec, () -> {}).get(0).getFilters();
    assertThat(values.getFilters()).isEqualTo(2);
    assertThat(values.getShape()).isEqualTo(StoredStudy.SHAPE);
    assertThat(values.getWeightsList()).containsExactly(4f, -4f);
    assertThat(values.getStructure()).isEqualTo(-0.5);
  }
}
