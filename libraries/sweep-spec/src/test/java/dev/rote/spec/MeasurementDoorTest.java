package dev.rote.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.DynamicsMeasure.Score;
import dev.rote.v1.LossSensitivity;
import dev.rote.v1.LossSensitivityValues;
import dev.rote.v1.MeasurementSpec;
import dev.rote.v1.SharpnessValues;
import dev.rote.v1.Sweep;
import dev.rote.v1.TrainingSpec;
import dev.rote.v1.TrialSpec;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a sweep may ask of measurements and training, refused before any work. */
class MeasurementDoorTest {
  private static final String ERRORS = "exampleErrors: {}\n    epochs: [1]";
  private static final String TRAINING = "training: {epochs: 2, batchSize: 32}";

  private static Sweep sweep(String from, String to) {
    assertThat(SweepFilesTest.SWEEP).contains(from);
    return SweepFiles.parse(SweepFilesTest.SWEEP.replace(from, to), "test.yaml");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lossSensitivity: {tailSteps: 0} | lossSensitivity.tailSteps | must be in [1, 1000000], was 0
          lossSensitivity: {everySteps: 0} | lossSensitivity.everySteps | must be in [1, 1000000], was 0
          {lossSensitivity: {}, epochs: [1]} | epochs | lossSensitivity looks at the whole run
          sharpness: {iterations: 0} | sharpness.iterations | must be in [1, 10000], was 0
          sharpness: {tolerance: 1} | sharpness.tolerance | must be in (0, 1), was 1
          filters: {count: 0} | filters.count | must be in [1, 1024], was 0
          {dynamics: {}, epochs: [1]} | epochs | must be left out: dynamics has values of every epoch
          {dynamics: {}, finalOnly: true} | finalOnly | must be left out: dynamics has values of every epoch
          dynamics: {scores: [CSL, LEARNED, CSL]} | dynamics.scores | must have each score once, was CSL again
          dynamics: {scores: [CSL], aumBeforeRateDrop: true} | dynamics.aumBeforeRateDrop | is for AUM and AUM_OVER_THRESHOLD alone: add one to scores
          dynamics: {untilEpoch: 0} | dynamics.untilEpoch | must be in [1, 1000000], was 0
          dynamics: {untilEpoch: 3} | dynamics.untilEpoch | must be at most training.epochs = 2, was 3
          el2n: {examples: {count: 100000001}} | el2n.examples.count | must be in [0, 100000000], was 100000001
          {vog: {}, epochs: [1]} | vog | compares checkpoints: write two epochs at least
          inputCurvature: {draws: 0} | inputCurvature.draws | must be in [1, 1000], was 0
          inputCurvature: {step: 0} | inputCurvature.step | must be in (0, 1], was 0
          predictionDepth: {k: 0} | predictionDepth.k | must be in [1, 1000], was 0
          predictionDepth: {nodes: [input, input]} | predictionDepth.nodes[1] | is there twice: input
          predictionDepth: {nodes: [layer0/relu, relu1]} | predictionDepth.nodes[1] | must be input or a node of the network, one of [flatten, layer0/dense, layer0/relu, layer0/noise, layer1/dense], was relu1
          lid: {k: 1} | lid.k | must be in [2, 1000], was 1
          predictionDepth: {neighbors: 30} | predictionDepth.neighbors | must be above k, or 0 for the whole training split
          lid: {examples: {count: 20}} | lid.examples.count | must be above k, or 0 for the whole split: was 20 with k 20
          lid: {batch: 20} | lid.batch | must be above k, for an example is no neighbour of itself: was 20 with k 20
          lid: {node: input} | lid.node | must be a node of the network, one of [flatten, layer0/dense, layer0/relu, layer0/noise, layer1/dense], was input
          {} | | must have one of criticalSamples, exampleErrors, accuracy, lossSensitivity, sharpness, filters
          """)
  void check_measurementOutOfBounds_isRefused(String kind, String path, String message) {
    String fields = kind.startsWith("{") ? kind.substring(1, kind.length() - 1) : kind;
    String lines =
        fields.isEmpty()
            ? "finalOnly: false"
            : fields.replace(", epochs", "\n    epochs").replace(", final", "\n    final");
    Refusal.expectPart(
        sweep(ERRORS, lines), "spec.measurements[0]" + (path == null ? "" : "." + path), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          optimizer: {learningRate: 1e-1} | optimizer: {momentum: 0.9} | set optimizer.momentum to 0, was 0.9
          optimizer: {learningRate: 1e-1} | optimizer: {adam: {}} | unrolls plain SGD: leave out optimizer.adam
          optimizer: {learningRate: 1e-1} | optimizer: {adamw: {}} | unrolls plain SGD: leave out optimizer.adamw
          optimizer: {learningRate: 1e-1} | optimizer: {clipNorm: 1} | unrolls plain SGD: leave out optimizer.clipNorm
          optimizer: {learningRate: 1e-1} | optimizer: {decayTouches: ALL}, regularization: {weightDecay: 0.1} | unrolls a weight decay of weights alone: leave out optimizer.decayTouches
          training: {epochs: 2, batchSize: 32} | augmentation: {mixup: {}} | takes derivatives by pictures that are the same at each visit: leave out trial.augmentation
          training: {epochs: 2, batchSize: 32} | regularization: {dropout: 0.5} | without dropout, noise
          training: {epochs: 2, batchSize: 32} | regularization: {adversarial: {weight: 0.5}} | without dropout, noise
          model: {mlp: {hidden: [16]}} | model: {plainCnn: {}} | unrolls steps without draws, which node
          """)
  void check_sensitivityOfATrialThatIsNoPlainSgd_isRefused(
      String line, String instead, String message) {
    String text =
        SweepFilesTest.SWEEP
            .replace(ERRORS, "lossSensitivity: {}")
            .replace(line, instead.replace(", regularization", "\n    regularization"));
    Refusal.expectPart(
        SweepFiles.parse(text, "test.yaml"), "spec.measurements[0].lossSensitivity", message);
  }

  @Test
  void check_dynamicsOfPresentationsThatAreNotDefined_isRefused() {
    String scores = "of presentations need an ";
    for (String trial :
        new String[] {
          "training: {epochs: 2, batchSize: 32, sampling: WITH_REPLACEMENT}",
          TRAINING + "\n    augmentation: {mixup: {}}"
        }) {
      String text = SweepFilesTest.SWEEP.replace(TRAINING, trial);
      String dynamics = "dynamics: {scores: [%s]}";
      Refusal.expectPart(
          SweepFiles.parse(
              text.replace(ERRORS, dynamics.formatted("CSL, CONFIDENCE, FORGETTING")), "t.yaml"),
          "spec.measurements[0].dynamics.scores",
          "leave out FORGETTING, CSL or ");
      Refusal.expectPart(
          SweepFiles.parse(text.replace(ERRORS, "dynamics: {}"), "t.yaml"),
          "spec.measurements[0].dynamics.scores",
          scores);
      String defined = dynamics.formatted("LEARNED, CONFIDENCE, VARIABILITY, CORRECTNESS");
      assertThatCode(
              () -> SweepValidator.check(SweepFiles.parse(text.replace(ERRORS, defined), "t")))
          .doesNotThrowAnyException();
    }
  }

  /** What is added later has to be asked for; the order of writing does not count. */
  @Test
  void fill_dynamics_namesItsScores() {
    MeasurementSpec.Builder unwritten = MeasurementSpec.newBuilder();
    unwritten.getDynamicsBuilder();
    MeasurementSpec.Builder written = unwritten.clone();
    written
        .getDynamicsBuilder()
        .addAllScores(
            List.of(
                Score.AUM,
                Score.CSL,
                Score.CORRECTNESS,
                Score.VARIABILITY,
                Score.CONFIDENCE,
                Score.FORGETTING,
                Score.LEARNED,
                Score.FIRST_LEARNED));
    assertThat(SweepDefaults.fill(written.build()))
        .isEqualTo(SweepDefaults.fill(unwritten.build()));
    assertThat(AdmittedMeasurement.of(Versions.CURRENT, new TrialId("t"), written.build()))
        .returns(true, AdmittedMeasurement::needsTrace);
    assertThat(DynamicsScores.name(Score.FIRST_LEARNED)).isEqualTo("firstLearned");
  }

  @Test
  void check_sensitivityAndSharpness_areAdmittedThroughBatchNormToo() {
    for (String kind : new String[] {"lossSensitivity: {classMatrix: true}", "sharpness: {}"}) {
      for (String model : new String[] {"mlp: {hidden: [16]}", "cnn: {}", "resnet: {depth: 18}"}) {
        String text =
            SweepFilesTest.SWEEP.replace(ERRORS, kind).replace("mlp: {hidden: [16]}", model);
        assertThatCode(() -> SweepValidator.check(SweepFiles.parse(text, "test.yaml")))
            .as(kind + " of " + model)
            .doesNotThrowAnyException();
      }
    }
    Refusal.expectPart(
        SweepFiles.parse(
            SweepFilesTest.SWEEP
                .replace(ERRORS, "lossSensitivity: {classMatrix: true}")
                .replace("{inputs: {rule: GAUSSIAN}}", "{labels: {rule: UNIQUE}}"),
            "test.yaml"),
        "spec.measurements[0].lossSensitivity.classMatrix",
        "needs at most 100 classes, were 200");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {} | weight | must be in (0, 1]; it is not written
          {weight: 1.5} | weight | must be in (0, 1], was 1.5
          {weight: 0.5, radius: 0} | radius | must be in (0, 255] grey levels, was 0
          {weight: 0.5, lass: {iterations: 0}} | lass.iterations | must be in [1, 100000], was 0
          {weight: 0.5, lass: {stopBelow: 20}} | lass.stopBelow | is for measurements alone
          """)
  void check_adversarialTrainingOutOfBounds_isRefused(
      String adversarial, String path, String message) {
    Refusal.expectPart(
        sweep(TRAINING, TRAINING + "\n    regularization: {adversarial: " + adversarial + "}"),
        "spec.trial.regularization.adversarial." + path,
        message);
  }

  @Test
  void fill_samplingByEpochs_isTheSameTrialAsUnwritten() {
    TrialSpec unwritten = SweepFiles.parse(SweepFilesTest.SWEEP, "t").getSpec().getTrial();
    TrialSpec.Builder written = unwritten.toBuilder();
    written.getTrainingBuilder().setSampling(TrainingSpec.Sampling.EPOCHS);
    assertThat(Ids.trialId(written.build()).value()).isEqualTo(Ids.trialId(unwritten).value());
    written.getTrainingBuilder().setSampling(TrainingSpec.Sampling.WITH_REPLACEMENT);
    assertThat(Ids.trialId(written.build()).value()).isNotEqualTo(Ids.trialId(unwritten).value());
  }

  @Test
  void fill_sensitivity_hasThePapersDefaultsAndLooksAtTheLastEpochAlone() {
    MeasurementSpec filled =
        SweepDefaults.fill(
            MeasurementSpec.newBuilder()
                .setLossSensitivity(LossSensitivity.getDefaultInstance())
                .build());
    assertThat(filled.getFinalOnly()).isTrue();
    assertThat(filled.getLossSensitivity())
        .isEqualTo(
            LossSensitivity.newBuilder()
                .setCount(0)
                .setTailSteps(500)
                .setEverySteps(2)
                .setNorm(LossSensitivity.Norm.L1)
                .setClassMatrix(false)
                .build());
  }

  /** What `docs/adding-a-metric.md` promises: a kind has values under its own name, or scores. */
  @Test
  void everyKind_isRegisteredAndHasNumbersOrScores() {
    for (MeasurementSpec.KindCase kind : MeasurementSpec.KindCase.values()) {
      if (kind != MeasurementSpec.KindCase.KIND_NOT_SET) {
        assertThat(MeasurementKinds.of(kind).field()).isEqualTo(kind);
        MeasurementSpec.Builder asked = MeasurementSpec.newBuilder();
        FieldDescriptor field = MeasurementSpec.getDescriptor().findFieldByNumber(kind.getNumber());
        asked.setField(field, asked.newBuilderForField(field).build());
        List<String> scores = MeasurementKinds.of(kind).scores(SweepDefaults.fill(asked.build()));
        assertThat(scores.isEmpty() ? MeasuredValues.names(kind) : scores)
            .as(kind.name())
            .isNotEmpty();
      }
    }
    assertThat(Arrays.stream(MeasurementSpec.KindCase.values()).count() - 1)
        .isEqualTo(MeasurementKinds.ALL.size());
  }

  @Test
  void measuredValues_areFoundByName() {
    CheckpointMeasurement gini =
        CheckpointMeasurement.newBuilder()
            .setEpoch(7)
            .setLossSensitivity(LossSensitivityValues.newBuilder().setGini(0.25))
            .build();
    assertThat(MeasuredValues.of(gini, "gini")).hasValue(0.25);
    assertThat(MeasuredValues.of(gini, "epoch")).isEmpty();
    assertThat(MeasuredValues.of(gini, "sensitivities")).isEmpty();
    CheckpointMeasurement sharp =
        CheckpointMeasurement.newBuilder()
            .setSharpness(SharpnessValues.newBuilder().setConverged(true))
            .build();
    assertThat(MeasuredValues.of(sharp, "converged")).hasValue(1);
  }
}
