package dev.rote.spec.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rote.spec.DataOutline;
import dev.rote.spec.KnownData;
import dev.rote.spec.SweepDefaults;
import dev.rote.spec.SweepFiles;
import dev.rote.spec.Variants;
import dev.rote.v1.Cnn;
import dev.rote.v1.ModelSpec;
import dev.rote.v1.Shape;
import dev.rote.v1.SweepSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SweepEstimateTest {
  private static SweepSpec spec(String trial, String rest) {
    String text =
        """
        apiVersion: rote.dev/v1
        kind: Sweep
        metadata: {name: demo}
        spec:
          trial:
            dataset: {name: strokes, trainSize: 1000, validationSize: 500}
            model: {mlp: {hidden: [128]}}
            %s
          %s
        """;
    return SweepDefaults.fill(SweepFiles.parse(text.formatted(trial, rest), "test").getSpec());
  }

  private static SweepEstimate estimate(String trial, String rest) {
    return SweepEstimate.of(spec(trial, rest), KnownData.NONE).orElseThrow();
  }

  /** Of 10,000 points half are looked at: at equal steps none of the large ones would be. */
  @Test
  void estimate_levelsAtTheStepOfTheLooks_areCountedAllTheSame() {
    String seeds =
        "{name: seed, field: seed, values: [%s]}"
            .formatted(
                IntStream.range(0, 1_000)
                    .mapToObj(Integer::toString)
                    .collect(Collectors.joining(", ")));
    String rates = "{name: rate, field: optimizer.learningRate, values: [0.1, 0.2, 0.3, 0.4, 0.5]}";
    String point = "{label: w%1$d, set: {model: {mlp: {hidden: [%1$d]}}}}";
    String widths = "{name: width, points: [" + point.formatted(8) + ", %s]}";

    double both =
        estimate(
                "",
                "axes: [%s, %s, %s]"
                    .formatted(seeds, rates, widths.formatted(point.formatted(800))))
            .checkpointBytes();
    double large =
        estimate(
                "",
                "axes: [%s, %s, {name: width, points: [%s]}]"
                    .formatted(seeds, rates, point.formatted(800)))
            .checkpointBytes();

    assertThat(both).isCloseTo(large, within(0.05 * large));
  }

  @Test
  void network_mlp_isCountedByHand() {
    ModelSpec model =
        ModelSpec.newBuilder().setMlp(dev.rote.v1.Mlp.newBuilder().addHidden(128)).build();

    NetworkCost cost = NetworkCost.of(model, shape(1, 28), 10);

    assertThat(cost.trained()).isEqualTo(784 * 128 + 128 + 128 * 10 + 10);
    assertThat(cost.products()).isEqualTo(784 * 128 + 128 * 10);
    assertThat(cost.checkpointBytes(0)).isEqualTo(4 * 101_770);
    assertThat(cost.checkpointBytes(1)).isEqualTo(8 * 101_770);
  }

  /** 28 x 28 pixels after the crop: 24 after 5 x 5, 8 after the pool, 4 after 5 x 5, 1 at last. */
  @Test
  void network_cnn_isCountedByHand() {
    ModelSpec model =
        ModelSpec.newBuilder()
            .setCnn(
                Cnn.newBuilder()
                    .setCrop(2)
                    .addAllFilters(List.of(20, 30))
                    .setKernel(5)
                    .setPadding(Cnn.Padding.VALID)
                    .setPool(3)
                    .setPoolStride(3)
                    .addAllDense(List.of(40, 50)))
            .build();

    NetworkCost cost = NetworkCost.of(model, shape(3, 32), 10);

    long first = 3 * 20 * 25;
    long second = 20 * 30 * 25;
    assertThat(cost.trained())
        .isEqualTo(first + 40 + second + 60 + 30 * 40 + 80 + 40 * 50 + 100 + 50 * 10 + 10);
    assertThat(cost.running()).isEqualTo(2 * (20 + 30 + 40 + 50));
    assertThat(cost.products())
        .isEqualTo(first * 24 * 24 + second * 4 * 4 + 30 * 40 + 40 * 50 + 50 * 10);
  }

  /** Adam keeps two arrays beside each parameter. */
  @Test
  void checkpoints_ofAdam_countItsMoments() {
    assertThat(estimate("training: {epochs: 10}\n    optimizer: {adam: {}}", "").checkpointBytes())
        .isEqualTo(11.0 * 3 * 4 * 101_770);
  }

  private static Shape shape(int channels, int side) {
    return Shape.newBuilder().setChannels(channels).setHeight(side).setWidth(side).build();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "training: {epochs: 10}||11",
        "training: {epochs: 10, checkpoints: {everyEpochs: 0}}||2",
        "training: {epochs: 10, checkpoints: {everyEpochs: 3}}||5",
        "training: {epochs: 10, checkpoints: {everyEpochs: 5, epochs: [1, 5, 7]}}||5",
        "training: {epochs: 10}|retention: {checkpoints: FINAL}|1",
        "training: {epochs: 10}|retention: {checkpoints: NONE}|0",
        "training: {epochs: 10}|repetitions: 3|33"
      })
  void checkpoints_schedule_areCounted(String training, String rest, double expected) {
    SweepEstimate estimate = estimate(training, rest == null ? "" : rest);

    assertThat(estimate.checkpoints()).isEqualTo(expected);
    assertThat(estimate.checkpointBytes()).isEqualTo(expected * 4 * 101_770);
  }

  /** 9 bytes an example and pass: one before training, two an epoch, one without presentations. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "training: {epochs: 10}|repetitions: 3|3|567000",
        "training: {epochs: 10}|retention: {checkpoints: FINAL}|1|189000",
        "training: {epochs: 10}|retention: {checkpoints: NONE}|0|0",
        "training: {epochs: 10, sampling: WITH_REPLACEMENT}|repetitions: 1|1|99000"
      })
  void traces_ofDynamics_areCounted(String training, String rest, double traces, double bytes) {
    String scores = training.contains("REPLACEMENT") ? "{scores: [LEARNED]}" : "{}";
    String measured = "\n  measurements: [{name: d, dynamics: " + scores + "}]";
    SweepEstimate estimate = estimate(training, rest + measured);
    SweepEstimate untraced = estimate(training, rest);

    assertThat(estimate.traces()).isEqualTo(traces);
    assertThat(estimate.traceBytes()).isEqualTo(bytes);
    assertThat(untraced.traces()).isZero();
    double written = traces == 0 ? 189_000 : bytes;
    assertThat(estimate.writtenBytes()).isEqualTo(untraced.writtenBytes() + written);
  }

  /** A class of its own for each of 1000 examples takes two bytes. */
  @Test
  void traces_manyClasses_takeMore() {
    String unique = "training: {epochs: 10}\n    corruption: {labels: {rule: UNIQUE}}";
    assertThat(estimate(unique, "measurements: [{name: d, dynamics: {}}]").traceBytes())
        .isEqualTo(21 * 1000 * 10.0);
  }

  @Test
  void variants_sharedByTrials_countOnce() {
    String axes =
        """
        axes:
          - name: data
            points:
            - label: real
            - label: noise
              set: {corruption: {inputs: {rule: GAUSSIAN}}}
          - {name: width, field: model.mlp.hidden, values: [[2], [4], [8]]}
          repetitions: 5
        """;
    SweepEstimate estimate = estimate("", axes);

    assertThat(estimate.variants()).isEqualTo(2);
    double validation = 500 * (784 + 17);
    assertThat(estimate.variantBytes())
        .isEqualTo(1000 * (784 + 17) + validation + 1000 * (4 * 784 + 17) + validation);
    assertThat(estimate("", axes + "  redrawCorruption: true\n").variants()).isEqualTo(6);
  }

  @Test
  void operations_capOnSteps_countsThoseThatAreMade() {
    double all = estimate("training: {epochs: 10, batchSize: 100}", "").operations();

    assertThat(all).isCloseTo(10 * 1000 * 6.0 * (784 * 128 + 1280), within(1.0));
    assertThat(estimate("training: {epochs: 10, batchSize: 100, maxSteps: 5}", "").operations())
        .isCloseTo(all / 20, within(1.0));
  }

  @Test
  void ownFiles_haveNoEstimate() {
    SweepSpec own =
        spec("", "").toBuilder()
            .setTrial(
                spec("", "").getTrial().toBuilder()
                    .setDataset(dev.rote.v1.DatasetSpec.newBuilder().setName("idx")))
            .build();

    assertThat(SweepEstimate.of(own, KnownData.NONE)).isEmpty();
  }

  /** What the files told stands for what a specification does not say. */
  @Test
  void ownFiles_thatWereLookedAt_haveOne() {
    SweepSpec written = spec("training: {epochs: 10}", "");
    SweepSpec.Builder spec = written.toBuilder();
    spec.getTrialBuilder()
        .setDataset(
            dev.rote.v1.DatasetSpec.newBuilder()
                .setName("idx")
                .setPooling(1)
                .setIdx(written.getTrial().getDataset().getIdx()));
    SweepSpec own = spec.build();
    DataOutline outline = new DataOutline(shape(1, 28), 10, 1000, 500, List.of());

    SweepEstimate estimate =
        SweepEstimate.of(own, new KnownData(Map.of(Variants.of(own.getTrial()), outline)))
            .orElseThrow();

    SweepEstimate named = estimate("training: {epochs: 10}", "");
    assertThat(estimate).isEqualTo(named);
    assertThat(estimate.keptBytes()).isEqualTo(1500 * (784 + 17) + 11.0 * 4 * 101_770);
  }
}
