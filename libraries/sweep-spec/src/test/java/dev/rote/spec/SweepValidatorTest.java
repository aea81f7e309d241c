package dev.rote.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.rote.v1.Cnn;
import dev.rote.v1.CriticalSamples;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.Mlp;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Sweep;
import dev.rote.v1.TrialSpec;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SweepValidatorTest {

  private static Sweep parse(String text) {
    return SweepFiles.parse(text, "test.yaml");
  }

  @Test
  void check_soundSweep_passes() {
    assertThatCode(() -> SweepValidator.check(parse(SweepFilesTest.SWEEP)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name: tiny | name: ../etc | metadata.name | was "../etc"
          apiVersion: rote.dev/v1 | apiVersion: v1 | apiVersion | must be rote.dev/v1, was "v1"
          {rule: GAUSSIAN} | {rule: GAUSSIAN, level: 1.5} | spec.trial.corruption.inputs.level | must be in [0, 1], was 1.5 (in the cell data=randX, level=1)
          {rule: GAUSSIAN} | {level: 0.5} | spec.trial.corruption.inputs.rule | must be one of GAUSSIAN
          repetitions: 2 | repetitions: 0 | spec.repetitions | must be in [1, 10000], was 0
          values: [1, 2, 3] | values: [] | spec.axes[1] | is empty: write points, or field and values
          values: [1, 2, 3] | values: [1, 1] | spec.axes[1].values[1] | must have a label of its own
          values: [1, 2, 3] | values: [a] | spec.axes[1].values[0] | seed must be a whole number
          field: seed | field: training | spec.axes[1].field | must lead to a single value or a list, was "training"
          field: seed | field: training.epoch | spec.axes[1].field | did you mean epochs?
          name: level | name: data | spec.axes[1].name | must be unique
          name: errors | name: a/b | spec.measurements[0].name | was "a/b"
          exampleErrors: {} | exampleErrors: {}, x: 1 | | neither YAML nor JSON
          name: strokes | name: imagenet | spec.trial.dataset.name | was "imagenet"
          learningRate: 1e-1 | learningRate: 0 | spec.trial.optimizer.learningRate | must be finite and above 0, was 0
          hidden: [16] | hidden: [0] | spec.trial.model.mlp.hidden[0] | must be in [1, 65536], was 0
          model: {mlp: {hidden: [16]}} | model: {} | spec.trial.model | or graph; none is written
          epochs: [1] | epochs: [3] | spec.measurements[0].epochs[0] | must be an epoch of which a checkpoint is kept, was 3
          batchSize: 32 | batchSize: 0 | spec.trial.training.batchSize | must be in [1, 1000000], was 0
          """)
  void check_badValue_namesFieldValueAndBound(
      String line, String wrong, String path, String message) {
    assertThat(SweepFilesTest.SWEEP).contains(line);
    assertThatThrownBy(() -> SweepValidator.check(parse(SweepFilesTest.SWEEP.replace(line, wrong))))
        .asInstanceOf(type(SpecException.class))
        .satisfies(
            refused -> {
              assertThat(refused.violations().get(0).path()).isEqualTo(path == null ? "" : path);
              assertThat(refused.violations().get(0).message()).contains(message);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [{curves: {metrics: [{kind: CRITICAL_SAMPLE_RATIO, measurement: csr}]}, where: {level: '1'}}] | panels[0].curves.metrics[0].measurement | kind criticalSamples, was "csr"
          [{curves: {metrics: [{kind: TRAIN_LOSS}]}}] | panels[0].where | must fix the axis level
          [{curves: {metrics: [{kind: TRAIN_LOSS}]}, labels: [rand], where: {level: '1'}}] | panels[0].labels[0] | must be a label of the axis data, was "rand"
          [{curves: {metrics: [{kind: TRAIN_LOSS}]}, series: size} ] | panels[0].series | must name an axis, was "size"
          [{curves: {metrics: []}, where: {level: '1'}}] | panels[0].curves.metrics | must be 1 to 4, were 0
          [{where: {level: '1'}}] | panels[0] | must have one of curves, difficulty, profile
          [{difficulty: {measurement: errors, binomialOf: x}, where: {level: '1'}}] | panels[0].difficulty.binomialOf | was "x"
          """)
  void check_figureThatRefersToNothing_isRefused(String panels, String path, String message) {
    String text = SweepFilesTest.SWEEP + "  figures:\n  - name: fig\n    panels: " + panels + "\n";
    assertThatThrownBy(() -> SweepValidator.check(parse(text)))
        .asInstanceOf(type(SpecException.class))
        .satisfies(
            refused ->
                assertThat(refused.violations())
                    .anySatisfy(
                        violation -> {
                          assertThat(violation.path()).isEqualTo("spec.figures[0]." + path);
                          assertThat(violation.message()).contains(message);
                        }));
  }

  @Test
  void check_gridLargerThanALong_isRefused() {
    String values =
        IntStream.rangeClosed(1, 1000).mapToObj(Integer::toString).collect(Collectors.joining(","));
    String axes =
        IntStream.range(0, 6)
            .mapToObj(
                axis -> "  - name: a" + axis + "\n    field: seed\n    values: [" + values + "]\n")
            .collect(Collectors.joining());
    String wrong = SweepFilesTest.SWEEP.replace("  repetitions: 2", axes + "  repetitions: 10000");
    assertThatThrownBy(() -> SweepValidator.check(parse(wrong)))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("fewer than 2^63 trials");
  }

  @Test
  void check_cnnThatLeavesNoPixels_saysTheSizes() {
    TrialSpec trial =
        TrialSpec.newBuilder()
            .setDataset(DatasetSpec.newBuilder().setName("mnist").setPooling(2))
            .setModel(ModelSpec.newBuilder().setCnn(Cnn.getDefaultInstance()))
            .build();
    assertThatThrownBy(() -> SweepValidator.check(trial))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("node layer1/convolution: a window of 5x5 does not fit into the 3x3");
    TrialSpec cifar =
        trial.toBuilder().setDataset(DatasetSpec.newBuilder().setName("cifar10")).build();
    assertThatCode(() -> SweepValidator.check(cifar)).doesNotThrowAnyException();
  }

  /** The network of docs/sweeps.md. */
  @Test
  void check_graph_isAdmittedWithDefaultsOrRefusedByNode() {
    String graph =
        """
        model:
              graph:
                nodes:
                - {name: conv1, convolution: {filters: 16, kernel: 3, padding: SAME}}
                - {name: norm1, batchNorm: {}}
                - {name: relu1, relu: {}}
                - {name: conv2, convolution: {filters: 16, kernel: 3, padding: SAME}}
                - {name: norm2, batchNorm: {}}
                - {name: sum, inputs: [norm2, relu1], add: {}}
                - {name: relu2, relu: {}}
                - {name: pool, maxPool: {size: 2}}
                - {name: noise, noise: {}}
                - {name: flat, flatten: {}}
                - {name: logits, dense: {}}
        """;
    String text = SweepFilesTest.SWEEP.replace("model: {mlp: {hidden: [16]}}", graph.strip());
    assertThatCode(() -> SweepValidator.check(parse(text))).doesNotThrowAnyException();
    assertThatThrownBy(
            () -> SweepValidator.check(parse(text.replace("[norm2, relu1]", "[norm2, pool]"))))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("spec.trial.model.graph.nodes[5].inputs[1]")
        .hasMessageContaining("must name a node above, or input, was \"pool\"");
    assertThatThrownBy(
            () ->
                SweepValidator.check(
                    parse(
                        text.replace(
                            "conv2, convolution: {filters: 16",
                            "conv2, convolution: {filters: 8"))))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining(
            "node sum: needs inputs of one shape, was given 8x28x28 and 16x28x28");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 256, Double.NaN, Double.POSITIVE_INFINITY})
  void check_radiusOutsideTheScale_isRefused(double radius) {
    MeasurementSpec measurement =
        MeasurementSpec.newBuilder()
            .setCriticalSamples(CriticalSamples.newBuilder().setRadius(radius))
            .build();
    assertThatThrownBy(() -> SweepValidator.checkMeasurement(measurement))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("must be in (0, 255] grey levels");
  }

  @Test
  void check_splitsLargerThanTheDataset_saysHowManyThereAre() {
    TrialSpec trial =
        TrialSpec.newBuilder()
            .setDataset(
                DatasetSpec.newBuilder().setName("mnist").setTrainSize(60_000).setValidationSize(1))
            .setModel(ModelSpec.newBuilder().setMlp(Mlp.getDefaultInstance()))
            .build();
    assertThatThrownBy(() -> SweepValidator.check(trial))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("must be at most the 60000 training examples, were 60000 + 1");
  }
}
