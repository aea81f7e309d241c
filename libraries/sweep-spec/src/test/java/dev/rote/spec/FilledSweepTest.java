package dev.rote.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.google.protobuf.Value;
import dev.rote.v1.Axis;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.TrainingSpec;
import dev.rote.v1.TrialSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilledSweepTest {
  private static final Path SWEEPS = Path.of("..", "..", "k8s", "sweeps");

  static List<Path> sweepFiles() throws IOException {
    try (Stream<Path> files = Files.walk(SWEEPS)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @Test
  void of_sweepThatSaysLittle_saysAll() {
    TrialSpec base =
        FilledSweep.of(SweepFiles.parse(SweepFilesTest.SWEEP, "tiny.yaml")).getSpec().getTrial();
    assertThat(base.getOptimizer().hasMomentum()).isTrue();
    assertThat(base.getTraining().getThreads()).isEqualTo(1);
    assertThat(base.getTraining().getSampling()).isEqualTo(TrainingSpec.Sampling.EPOCHS);
    assertThat(base.getModel().getInitialization())
        .isEqualTo(ModelSpec.Initialization.GLOROT_UNIFORM);
    assertThat(base.getRegularization().hasDropout()).isTrue();
    assertThat(base.getDataset().getSeed()).isEqualTo(1);
    /* An axis sets the seed of every trial. */
    assertThat(base.hasSeed()).isFalse();
    assertThat(base.hasCorruption()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("sweepFiles")
  void of_everySweepFile_hasTheSameTrialsAndMeasurements(Path file) throws IOException {
    Sweep sweep = SweepFiles.parse(Files.readString(file), file.toString());
    Sweep filled = SweepFiles.parse(SweepFiles.toJson(FilledSweep.of(sweep)), "filled");
    SweepValidator.check(filled);
    assertSameCells(sweep.getSpec(), filled.getSpec());
    assertThat(FilledSweep.of(filled)).isEqualTo(filled);
  }

  /** The stride of the pooling follows the padding, the size of a split follows the dataset. */
  @Test
  void of_defaultsThatPointsDecide_standInThePoints() {
    SweepSpec spec =
        SweepFiles.parse(
                """
                apiVersion: rote.dev/v1
                kind: Sweep
                metadata: {name: tiny}
                spec:
                  trial: {model: {cnn: {}}, training: {batchSize: 100}}
                  axes:
                  - name: data
                    points:
                    - {label: grey, set: {dataset: {name: mnist}}}
                    - {label: colour, set: {dataset: {name: cifar10}, optimizer: {momentum: 0.9}}}
                    - {label: mlp, set: {dataset: {name: mnist}, model: {mlp: {}}}}
                  - name: padding
                    points:
                    - {label: valid, set: {training: {epochs: 3}}}
                    - {label: same, set: {corruption: {labels: {rule: RANDOM}}}}
                """,
                "test")
            .getSpec();
    SweepSpec filled = FilledSweep.of(spec);
    assertSameCells(spec, filled);
    TrialSpec colour = filled.getAxes(0).getPoints(1).getSet();
    assertThat(colour.getDataset().getTrainSize()).isEqualTo(45_000);
    assertThat(colour.getDataset().getBatchesList()).containsExactly(1, 2, 3, 4, 5);
    assertThat(colour.getModel().getCnn().getCrop()).isEqualTo(2);
    assertThat(filled.getTrial().getDataset().hasTrainSize()).isFalse();
    assertThat(filled.getTrial().getOptimizer().hasMomentum()).isTrue();
    assertThat(filled.getTrial().getTraining().getEpochs()).isEqualTo(10);
    assertThat(filled.getAxes(1).getPoints(1).getSet().getCorruption().getSeed()).isEqualTo(1);
    assertThat(filled.getAxes(1).getPoints(0).getSet().hasCorruption()).isFalse();
  }

  /** Two thousand points of two axes, and a grid that is too large to look at whole. */
  @ParameterizedTest
  @ValueSource(ints = {100, 1000})
  void of_largeGrid_isFilledSoonAndHasTheSameTrials(int sizes) {
    SweepSpec.Builder spec =
        SweepFiles.parse(
            """
                spec:
                  trial: {dataset: {name: mnist}, training: {batchSize: 100}}
                """,
            "test")
            .getSpec()
            .toBuilder();
    Axis.Builder width = spec.addAxesBuilder().setName("width");
    for (int i = 1; i <= sizes; i++) {
      var point = width.addPointsBuilder().setLabel("width " + i);
      if (i % 2 == 0) {
        point.getSetBuilder().getModelBuilder().getMlpBuilder().addHidden(i);
      } else {
        point.getSetBuilder().getModelBuilder().getCnnBuilder().addFilters(i).addFilters(i);
      }
    }
    Axis.Builder rate = spec.addAxesBuilder().setName("rate").setField("optimizer.momentum");
    for (int i = 0; i < 20; i++) {
      rate.addValues(Value.newBuilder().setNumberValue(i / 20.0));
    }
    SweepSpec filled =
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> FilledSweep.of(spec.build()));
    assertSameCells(spec.build(), filled);
    assertThat(filled.getTrial().getTraining().getThreads()).isEqualTo(1);
    assertThat(filled.getTrial().getDataset().hasTrainSize()).isEqualTo(sizes == 100);
    assertThat(filled.getAxes(0).getPoints(0).getSet().getModel().getCnn().hasKernel())
        .isEqualTo(sizes == 100);
  }

  private static void assertSameCells(SweepSpec spec, SweepSpec filled) {
    Grid grid = Grid.of(spec);
    Grid again = Grid.of(filled);
    assertThat(again.size()).isEqualTo(grid.size());
    for (long cell : GridSample.of(grid, 500)) {
      String id = Ids.trialId(grid.cell(cell).trial()).value();
      assertThat(Ids.trialId(again.cell(cell).trial()).value()).isEqualTo(id);
      for (int i = 0; i < spec.getMeasurementsCount(); i++) {
        assertThat(Ids.measurementId(new TrialId(id), filled.getMeasurements(i)).value())
            .isEqualTo(Ids.measurementId(new TrialId(id), spec.getMeasurements(i)).value());
      }
    }
  }
}
