package dev.rote.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.rote.v1.CheckpointMeasurement;
import dev.rote.v1.DynamicsValues;
import dev.rote.v1.LabelCorruption;
import dev.rote.v1.LabelFile;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.TrialSpec;
import dev.rote.v1.VariantSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a sweep may ask of its data beside the rules of the paper. */
class CorruptionDoorTest {
  private static final String SWEEP =
      """
      apiVersion: rote.dev/v1
      kind: Sweep
      metadata: {name: tiny}
      spec:
        trial:
          dataset: {name: mnist, trainSize: 1000, validationSize: 100}
          corruption: {}
          model: {mlp: {hidden: [16]}}
          training: {epochs: 2}
      """;

  private static Sweep corrupted(String corruption) {
    return SweepFiles.parse(
        SWEEP.replace("corruption: {}", "corruption: " + corruption), "test.yaml");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{thresholdClass: {}}",
        "{thresholdClass: {part: 2}, labels: {rule: RANDOM, level: 0.2}, inputs: {rule: UNIFORM}}",
        "{labels: {rule: INSTANCE_DEPENDENT, level: 0.3}}",
        "{labels: {rule: ASYMMETRIC, level: 0.4}}",
        "{inputs: {rule: OPEN_SET, level: 0.4, other: {name: fashion-mnist}}}",
        "{inputs: {rule: OPEN_SET, other: {name: strokes, trainSize: 500}}}",
        "{labels: {rule: FILE, file: {path: own/noisy.csv, sha256:"
            + " 2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae}}}",
        "{labels: {rule: FILE, file: {path: noisy.csv}}}",
        "{inputs: {rule: OPEN_SET, other: {name: files, trainSize: 9, validationSize: 1, files:"
            + " {train: {path: other.npz}}}}}",
        "{repeated: {}}",
        "{labels: {rule: RANDOM, level: 0.01}, repeated: {of: CORRUPTED, share: 0.5, times: 100}}",
        "{repeated: {sourceIndices: [1, 17], times: 3}}"
      })
  void check_soundCorruption_passes(String corruption) {
    assertThatCode(() -> SweepValidator.check(corrupted(corruption))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {thresholdClass: {part: 0}} | thresholdClass.part | must be in [1, 2], was 0
          {thresholdClass: {part: 3}} | thresholdClass.part | must be in [1, 2], was 3
          {labels: {rule: ASYMMETRIC, level: 1.5}} | labels.level | must be in [0, 1], was 1.5
          {labels: {rule: FILE}} | labels.file.path | must be the path of a file
          {labels: {rule: FILE, file: {path: ../noisy.csv}}} | labels.file.path | must be a path inside the datasets directory
          {labels: {rule: FILE, file: {path: noisy.csv, sha256: 2c26}}} | labels.file.sha256 | must be 64 hexadecimal digits of lower case, sha256sum prints them
          {labels: {rule: RANDOM, file: {path: noisy.csv}}} | labels.file | is for the rule FILE alone, not for RANDOM
          {labels: {rule: FILE, file: {path: noisy.csv, indexColumn: a, fileColumn: b}}} | labels.file.fileColumn | cannot stand beside indexColumn
          {inputs: {rule: OPEN_SET, other: {name: idx, trainSize: 9, idx: {trainImages: a, trainLabels: b}}}} | inputs.other.name | must be a published dataset, strokes or files, was idx
          {inputs: {rule: OPEN_SET}} | inputs.other.name | must be one of strokes, mnist
          {inputs: {rule: OPEN_SET, other: {name: mnist}}} | inputs.other.name | must be another dataset than mnist
          {inputs: {rule: OPEN_SET, other: {name: cifar10}}} | inputs.other | must have images of the dataset's shape, 1x28x28, has 3x32x32
          {inputs: {rule: OPEN_SET, other: {name: kmnist, trainSize: 0}}} | inputs.other.trainSize | must be in [1, 100000000], was 0
          {inputs: {rule: OPEN_SET, other: {name: files, trainSize: 9, validationSize: 1, files: {train: {path: a.npz}, values: NUMBERS}}}} | inputs.rule | OPEN_SET is for inputs that are grey levels, and those of the other dataset are numbers (values: NUMBERS): write values: LEVELS
          {inputs: {rule: UNIFORM, other: {name: kmnist}}} | inputs.other | is for the rule OPEN_SET alone, not for UNIFORM
          {repeated: {times: 1}} | repeated.times | must be in [2, 10000], was 1
          {repeated: {share: 0}} | repeated.share | must be in (0, 1], was 0
          {repeated: {sourceIndices: [4, 4]}} | repeated.sourceIndices[1] | must name each example once, names 4 again
          {repeated: {sourceIndices: [4], share: 0.5}} | repeated.share | cannot stand beside sourceIndices
          {repeated: {sourceIndices: [4], of: CLEAN}} | repeated.of | cannot stand beside sourceIndices
          {thresholdClass: {}, labels: {rule: UNIQUE}} | thresholdClass | cannot stand beside the rule UNIQUE
          """)
  void check_unsoundCorruption_isRefused(String corruption, String field, String message) {
    Refusal.expect(corrupted(corruption), "spec.trial.corruption." + field, message);
  }

  private static Sweep selected(String fields) {
    return SweepFiles.parse(
        SWEEP.replace("{name: mnist, trainSize: 1000, validationSize: 100}", fields), "test.yaml");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{name: mnist, classes: [3, 5]}",
        "{name: mnist, classes: [3, 5], validationSource: TEST, trainSize: 500}",
        "{name: cifar10, classGroups: [{classes: [0, 1, 8, 9]}, {classes: [2, 3]}]}",
        "{name: mnist, sourceIndices: [0, 59999], duplicates: DROP}",
        "{name: mnist, imbalance: {ratio: 100}, subset: {share: 0.7}}",
        "{name: mnist, classes: [3, 5], imbalance: {shares: [1, 0.1]}}",
        "{name: strokes, imbalance: {exponent: 2}, subset: {share: 0.5, seed: 9}}"
      })
  void check_soundSelection_passes(String dataset) {
    assertThatCode(() -> SweepValidator.check(selected(dataset))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {name: mnist, classes: [3]} | classes | must be at least 2
          {name: mnist, classes: [3, 10]} | classes[1] | must be in [0, 9], was 10
          {name: mnist, classes: [3, 3]} | classes[1] | must name each class once, names 3 again
          {name: mnist, classes: [3, 4], classGroups: [{classes: [1]}, {classes: [2]}]} | classGroups | cannot stand beside classes
          {name: mnist, classGroups: [{classes: [1]}, {classes: []}]} | classGroups[1].classes | must be at least one
          {name: mnist, classGroups: [{classes: [1]}, {classes: [1]}]} | classGroups[1].classes[0] | must name each class once, names 1 again
          {name: mnist, sourceIndices: [7, 7]} | sourceIndices[1] | must name each example once, names 7 again
          {name: strokes, duplicates: DROP} | duplicates | is not for strokes
          {name: mnist, imbalance: {}} | imbalance | must have one of shares, exponent and ratio, had none
          {name: mnist, imbalance: {ratio: 2, exponent: 1}} | imbalance | must have one of shares, exponent and ratio, had 2
          {name: mnist, imbalance: {ratio: 1}} | imbalance.ratio | must be in (1, 1000000], was 1
          {name: mnist, imbalance: {exponent: 0}} | imbalance.exponent | must be in (0, 100], was 0
          {name: mnist, imbalance: {shares: [1, 1]}} | imbalance.shares | must be one of each class, 10, were 2
          {name: mnist, classes: [1, 2], imbalance: {shares: [0, 0]}} | imbalance.shares | must not all be 0
          {name: mnist, classes: [1, 2], imbalance: {shares: [1, 2]}} | imbalance.shares[1] | must be in [0, 1], was 2
          {name: mnist, subset: {}} | subset.share | must be in (0, 1); it is not written
          {name: mnist, subset: {share: 1}} | subset.share | must be in (0, 1), was 1
          {name: mnist, classes: [1, 2], trainSize: 0} | trainSize | must be in [1, 100000000], was 0
          """)
  void check_unsoundSelection_isRefused(String dataset, String field, String message) {
    Refusal.expect(selected(dataset), "spec.trial.dataset." + field, message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HUMAN", "ASYMMETRIC", "FILE"})
  void check_labelsOfTheDatasetsOwnClasses_besidePickedOnes_pass(String rule) {
    String file = rule.equals("FILE") ? ", file: {path: noisy.csv}" : "";
    Sweep sweep =
        SweepFiles.parse(
            SWEEP
                .replace("{name: mnist, trainSize: 1000", "{name: cifar10, classes: [3, 5]")
                .replace("corruption: {}", "corruption: {labels: {rule: " + rule + file + "}}"),
            "test.yaml");
    assertThatCode(() -> SweepValidator.check(sweep)).doesNotThrowAnyException();
  }

  @Test
  void check_openSetOfNumbers_isRefused() {
    String files = "{name: files, trainSize: 9, validationSize: 1, files: {train: {path: a.npz}";
    Sweep sweep =
        SweepFiles.parse(
            SWEEP
                .replace(
                    "{name: mnist, trainSize: 1000, validationSize: 100}",
                    files + ", standardize: true}}")
                .replace(
                    "corruption: {}",
                    "corruption: {inputs: {rule: OPEN_SET, other: {name: mnist}}}"),
            "test.yaml");
    Refusal.expect(
        sweep,
        "spec.trial.corruption.inputs.rule",
        "OPEN_SET is for inputs that are grey levels, and those of this dataset are numbers"
            + " (standardize: true)");
  }

  /** A file that was moved is the same labels; another content is others. */
  @Test
  void ids_ofLabelsOfOnesOwn_areOfTheContent() {
    VariantSpec.Builder here = VariantSpec.newBuilder();
    here.getDatasetBuilder().setName("mnist");
    here.getCorruptionBuilder()
        .getLabelsBuilder()
        .setRule(LabelCorruption.Rule.FILE)
        .setFile(LabelFile.newBuilder().setPath("a.csv").setSha256("0".repeat(64)));
    VariantSpec.Builder moved = here.clone();
    moved.getCorruptionBuilder().getLabelsBuilder().getFileBuilder().setPath("b/a.csv");
    VariantSpec.Builder changed = here.clone();
    changed.getCorruptionBuilder().getLabelsBuilder().getFileBuilder().setSha256("1".repeat(64));
    assertThat(Ids.variantId(moved.build())).isEqualTo(Ids.variantId(here.build()));
    assertThat(Ids.variantId(changed.build())).isNotEqualTo(Ids.variantId(here.build()));
    assertThat(Ids.trialId(trial(moved))).isEqualTo(Ids.trialId(trial(here)));
    assertThat(Ids.trialId(trial(changed))).isNotEqualTo(Ids.trialId(trial(here)));
  }

  private static TrialSpec trial(VariantSpec.Builder variant) {
    return TrialSpec.newBuilder()
        .setDataset(variant.getDataset())
        .setCorruption(variant.getCorruption())
        .build();
  }

  @Test
  void check_confusionsOfADatasetWithoutSome_areRefused() {
    Sweep sweep =
        SweepFiles.parse(
            SWEEP
                .replace("{name: mnist", "{name: kmnist")
                .replace("corruption: {}", "corruption: {labels: {rule: ASYMMETRIC}}"),
            "test.yaml");
    Refusal.expect(
        sweep,
        "spec.trial.corruption.labels.rule",
        "ASYMMETRIC knows what classes are taken for in mnist, fashion-mnist, cifar10, cifar100"
            + " alone, not in kmnist");
  }

  /** Each class of CIFAR-100 goes to one of its superclass, once round in five steps. */
  @Test
  void confusedClasses_ofCifar100_goRoundInFives() {
    ConfusedClasses classes = ConfusedClasses.of("cifar100").orElseThrow();
    for (int c = 0; c < 100; c++) {
      int at = c;
      for (int step = 1; step < 5; step++) {
        at = classes.of(at);
        assertThat(at).isNotEqualTo(c);
      }
      assertThat(classes.of(at)).isEqualTo(c);
    }
    /* Aquatic mammals: beaver 4, dolphin 30, otter 55, seal 72, whale 95. */
    assertThat(classes.of(4)).isEqualTo(30);
    assertThat(classes.of(95)).isEqualTo(4);
  }

  @Test
  void grid_redrawnSubset_seedOfEachRepetition() {
    Sweep sweep = selected("{name: mnist, subset: {share: 0.7, seed: 5}}").toBuilder().build();
    SweepSpec.Builder spec = sweep.getSpec().toBuilder().setRepetitions(3);
    assertThat(Grid.of(spec.build()).cell(2).trial().getDataset().getSubset().getSeed())
        .isEqualTo(5);
    spec.setRedrawSubset(true);
    assertThat(Grid.of(spec.build()).cell(2).trial().getDataset().getSubset().getSeed())
        .isEqualTo(7);
  }

  private static long most(String dataset, String corruption) {
    Sweep sweep =
        SweepFiles.parse(
            SWEEP
                .replace("{name: mnist, trainSize: 1000, validationSize: 100}", dataset)
                .replace("corruption: {}", "corruption: " + corruption),
            "test.yaml");
    return TrainedExamples.most(SweepDefaults.fill(sweep.getSpec().getTrial()));
  }

  @Test
  void most_examplesOfAnEpoch_asFarAsItIsKnown() {
    String mnist = "{name: mnist, trainSize: 1000}";
    assertThat(most(mnist, "{}")).isEqualTo(1000);
    assertThat(most("{name: mnist, trainSize: 1000, subset: {share: 0.7}}", "{}")).isEqualTo(700);
    assertThat(most("{name: mnist, classes: [3, 5]}", "{}")).isEqualTo(60_000);
    assertThat(most(mnist, "{repeated: {share: 0.1, times: 4}}")).isEqualTo(1300);
    assertThat(most(mnist, "{repeated: {sourceIndices: [1, 2], times: 11}}")).isEqualTo(1020);
    assertThat(
            most(
                mnist,
                "{labels: {rule: RANDOM, level: 0.01}, repeated: {of: CORRUPTED, times: 9}}"))
        .isEqualTo(1080);
  }

  /** What is written as it is without being written has the same id. */
  @Test
  void fill_whatChangesNothing_isNotWritten() {
    Sweep plain = selected("{name: mnist}");
    Sweep written = selected("{name: mnist, duplicates: KEEP}");
    Sweep redrawn =
        written.toBuilder().setSpec(written.getSpec().toBuilder().setRedrawSubset(false)).build();
    assertThat(Ids.trialId(written.getSpec().getTrial()))
        .isEqualTo(Ids.trialId(plain.getSpec().getTrial()));
    assertThat(Ids.sweepId(redrawn)).isEqualTo(Ids.sweepId(written));
  }

  @Test
  void check_aumOverThresholdWithoutItsClass_isRefused() {
    String measured =
        SWEEP + "  measurements:\n  - {name: d, dynamics: {scores: [AUM_OVER_THRESHOLD]}}\n";
    Refusal.expect(
        SweepFiles.parse(measured, "test.yaml"),
        "spec.measurements[0].dynamics.scores",
        "AUM_OVER_THRESHOLD needs examples of a class that does not exist: write corruption:"
            + " {thresholdClass: {}}");
    Sweep sound =
        SweepFiles.parse(
            measured
                .replace("corruption: {}", "corruption: {thresholdClass: {}}")
                .replace("THRESHOLD]", "THRESHOLD], aumBeforeRateDrop: true"),
            "test.yaml");
    assertThatCode(() -> SweepValidator.check(sound)).doesNotThrowAnyException();
  }

  /** The first part, written or not, is one variant; beside the class nothing is needed. */
  @Test
  void fill_thresholdClass_isACorruptionWithAPart() {
    VariantSpec.Builder unwritten = VariantSpec.newBuilder();
    unwritten.getDatasetBuilder().setName("mnist");
    VariantSpec none = unwritten.build();
    unwritten.getCorruptionBuilder().getThresholdClassBuilder();
    VariantSpec.Builder written = unwritten.clone();
    written.getCorruptionBuilder().getThresholdClassBuilder().setPart(1);
    assertThat(Ids.variantId(unwritten.build())).isEqualTo(Ids.variantId(written.build()));
    assertThat(Ids.variantId(unwritten.build())).isNotEqualTo(Ids.variantId(none));
  }

  @Test
  void values_thatAMeasurementDoesNotHave_areNoZeros() {
    CheckpointMeasurement without =
        CheckpointMeasurement.newBuilder().setDynamics(DynamicsValues.getDefaultInstance()).build();
    assertThat(MeasuredValues.of(without, "aumThreshold")).isEmpty();
    assertThat(MeasuredValues.of(without, "clean")).hasValue(0);
    CheckpointMeasurement with =
        CheckpointMeasurement.newBuilder()
            .setDynamics(DynamicsValues.newBuilder().setAumThreshold(-1))
            .build();
    assertThat(MeasuredValues.of(with, "aumThreshold")).hasValue(-1);
  }
}
