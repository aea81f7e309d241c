package dev.rote.it;

import static java.util.Comparator.comparingDouble;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.artifacts.traces.StoredTrace;
import dev.rote.spec.AdmittedMeasurement;
import dev.rote.spec.TrialId;
import dev.rote.spec.Versions;
import dev.rote.testkit.Laboratory;
import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.ExampleScore;
import dev.rote.v1.ExampleScoreValues;
import dev.rote.v1.ExportTableRequest;
import dev.rote.v1.GetResultsRequest;
import dev.rote.v1.ImageGrid;
import dev.rote.v1.ListTrialsRequest;
import dev.rote.v1.Measurement;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.PictureOf;
import dev.rote.v1.Report;
import dev.rote.v1.Series;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.TrialResult;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sweeps that measure training dynamics, through Kafka, S3 and gRPC. */
@ExtendWith(SharedLaboratory.class)
class DynamicsSweepIT {
  private static String sweep(String name, String measurement, String figures) {
    return """
    apiVersion: rote.dev/v1
    kind: Sweep
    metadata:
      name: %s
    spec:
      trial:
        dataset: {name: strokes, trainSize: 300, validationSize: 100}
        corruption: {labels: {rule: RANDOM_OTHER, level: 0.2}}
        model: {mlp: {hidden: [64]}}
        optimizer: {learningRate: 0.1, momentum: 0.9}
        training: {epochs: 12, batchSize: 32}
        seed: 4711
      measurements:
      - %s
      %s
    """
        .formatted(name, measurement, figures);
  }

  private static final String FIGURES =
      """
      figures:
        - name: learning
          title: Who is learned, and who is fitted
          panels:
          - curves:
              metrics:
              - {kind: MEASURED, measurement: d, value: cleanRight}
              - {kind: MEASURED, measurement: d, value: wrongFitted}
              - {kind: MEASURED, measurement: d, value: wrongLearnedTrue}
          - examples: {score: {measurement: d, score: csl}, count: 5}
          claims:
          - claim: Early, clean examples are learned before wrong ones are fitted.
            difference:
              minuend: {metric: {kind: MEASURED, measurement: d, value: cleanRight}, moment: AT_EPOCH, epoch: 3}
              subtrahend: {metric: {kind: MEASURED, measurement: d, value: wrongFitted}, moment: AT_EPOCH, epoch: 3}
            threshold: 0.1
      """;

  private static String trialOf(Laboratory laboratory, String sweep) {
    return laboratory
        .sweeps()
        .listTrials(ListTrialsRequest.newBuilder().setSweep(sweep).build())
        .getTrials(0)
        .getTrialId();
  }

  /** The trial is there from a sweep that wanted no trace: it is trained again to the same bits. */
  @Test
  void shouldScoreEveryExampleWhenATrialWasTrainedWithoutATrace(Laboratory laboratory)
      throws Exception {
    laboratory.run(sweep("untraced", "{name: a, accuracy: {}, finalOnly: true}", ""));
    String trial = trialOf(laboratory, "untraced");
    TrialResult before = StoredMessage.TRIAL_RESULT.get(laboratory.store(), trial);
    StoredTrace trace = new StoredTrace(laboratory.store(), trial, 300);
    assertThat(trace.wholeThrough()).isEqualTo(-1);
    Sweep traced = laboratory.run(sweep("traced", "{name: d, dynamics: {}}", FIGURES));
    assertThat(traced.getStatus().getPhase()).isEqualTo(Phase.COMPLETED);
    assertThat(trialOf(laboratory, "traced")).isEqualTo(trial);
    assertThat(StoredMessage.TRIAL_RESULT.get(laboratory.store(), trial)).isEqualTo(before);
    assertThat(trace.wholeThrough()).isEqualTo(12);

    MeasurementSpec.Builder spec = MeasurementSpec.newBuilder();
    spec.getDynamicsBuilder();
    Measurement measured =
        StoredMessage.MEASUREMENT.get(
            laboratory.store(),
            AdmittedMeasurement.of(Versions.CURRENT, new TrialId(trial), spec.build())
                .id()
                .value());
    List<CheckpointMeasurement> epochs = measured.getCheckpointsList();
    assertThat(epochs).hasSize(13);
    for (int epoch = 0; epoch <= 12; epoch++) {
      assertThat(epochs.get(epoch).getDynamics().getRight())
          .isEqualTo(before.getHistory(epoch).getTrain().getAccuracy());
      assertThat(epochs.get(epoch).getDynamics().getWrong()).isEqualTo(60);
    }
    ExampleScoreValues scores = epochs.get(12).getScores();
    assertThat(scores.getSourceIndicesList()).hasSize(300).doesNotHaveDuplicates();
    double[] loss = new double[2];
    ExampleScore csl = scores.getScores(6);
    assertThat(csl.getName()).isEqualTo("csl");
    for (int i = 0; i < 300; i++) {
      boolean wrong = scores.getLabels(i) != scores.getSourceLabels(i);
      loss[wrong ? 1 : 0] += csl.getValues(i) / (wrong ? 60 : 240);
    }
    assertThat(loss[1]).isGreaterThan(loss[0]);

    Report report =
        laboratory
            .sweeps()
            .getResults(GetResultsRequest.newBuilder().setSweep("traced").build())
            .getReport();
    Series clean = report.getFigures(0).getPanels(0).getSeries(0);
    assertThat(clean.getXCount()).isEqualTo(13);
    assertThat(clean.getY(12)).isEqualTo(epochs.get(12).getDynamics().getCleanRight());
    assertThat(report.getFigures(0).getVerdicts(0).getHolds()).isTrue();

    ImageGrid images = report.getFigures(0).getPanels(1).getImages();
    assertThat(images.getPixels().size())
        .isEqualTo(5 * images.getHeight() * images.getWidth() * images.getChannels());
    assertThat(images.getPixels().toByteArray()).contains(255);
    assertThat(images.getPicturesList())
        .hasSize(5)
        .isSortedAccordingTo(comparingDouble(PictureOf::getScore).reversed())
        .allSatisfy(
            picture -> {
              int i = scores.getSourceIndicesList().indexOf(picture.getSourceIndex());
              assertThat(picture.getLabel()).isEqualTo(scores.getLabels(i));
              assertThat(picture.getSourceLabel()).isEqualTo(scores.getSourceLabels(i));
              assertThat(picture.getScore()).isEqualTo(csl.getValues(i));
              assertThat(picture.getPrediction() + 1).isEqualTo(scores.getPredictions(i));
              assertThat(picture.getPredictedBy()).isEqualTo(1);
            });
    long right =
        IntStream.range(0, 300)
            .filter(i -> scores.getPredictions(i) == scores.getLabels(i) + 1)
            .count();
    assertThat(right / 300.0).isEqualTo(before.getHistory(12).getTrain().getAccuracy());

    assertThat(rowsOfExamples(laboratory, "traced")).isEqualTo(13 * 300);
  }

  private static long rowsOfExamples(Laboratory laboratory, String sweep) {
    ExportTableRequest request =
        ExportTableRequest.newBuilder()
            .setSweep(sweep)
            .setTable("examples")
            .setFormat(ExportTableRequest.Format.COLUMNS)
            .build();
    long[] rows = {0};
    laboratory
        .sweeps()
        .exportTable(request)
        .forEachRemaining(part -> rows[0] += part.getBlock().getRows());
    return rows[0];
  }

  @Test
  void shouldGiveTheTraceBackWhenNothingIsRetained(Laboratory laboratory) throws Exception {
    String text =
        sweep("forgotten", "{name: d, dynamics: {}}", "retention: {checkpoints: NONE}")
            .replace("seed: 4711", "seed: 4712");
    laboratory.run(text);
    String prefix = ArtifactKeys.trace(trialOf(laboratory, "forgotten"));
    int left = -1;
    for (int i = 0; i < 300 && left != 0; i++) {
      left = laboratory.store().list(prefix, "", 100).size();
      Thread.sleep(100);
    }
    assertThat(left).isZero();
  }
}
