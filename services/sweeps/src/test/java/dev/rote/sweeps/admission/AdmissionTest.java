package dev.rote.sweeps.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.UnknownFieldSet;
import dev.rote.spec.DataOutline;
import dev.rote.spec.SpecException;
import dev.rote.spec.StartFit;
import dev.rote.spec.SweepFiles;
import dev.rote.spec.Versions;
import dev.rote.sweeps.workflow.SweepPlan;
import dev.rote.v1.Shape;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepSubmitted;
import dev.rote.v1.VariantSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static final String SWEEP =
      """
      apiVersion: rote.dev/v1
      kind: Sweep
      metadata: {name: study}
      spec:
        trial:
          dataset: {name: strokes, trainSize: 100, validationSize: 50}
          model: {mlp: {hidden: [8]}}
          training: {epochs: 7}
        axes:
        - name: level
          field: corruption.labels.level
          values: [0.1, 0.2, 0.3]
        - name: length
          points:
          - label: default
          - label: long
            set: {training: {epochs: 20}}
        repetitions: 4
        measurements:
        - name: accuracy
          accuracy: {}
      """
          .replace(
              "training: {epochs: 7}",
              "corruption: {labels: {rule: RANDOM}}\n    training: {epochs: 7}");

  private final List<VariantSpec> checked = new ArrayList<>();
  private final List<StartFit> starts = new ArrayList<>();
  private String content = "0".repeat(64);
  private final List<String> warnings = new ArrayList<>();
  private Shape shape = Shape.newBuilder().setChannels(1).setHeight(28).setWidth(28).build();

  private static Sweep parse(String text) {
    return SweepFiles.parse(text, "test");
  }

  private Admission admission(long maxTrials, int variants) {
    return new Admission(
        maxTrials,
        variants,
        variant -> {
          checked.add(variant);
          return new DataOutline(
              shape,
              10,
              40,
              20,
              List.of("of all", "level " + variant.getCorruption().getLabels().getLevel()));
        },
        paths -> paths.stream().collect(Collectors.toMap(path -> path, path -> content)),
        starts::add);
  }

  @Test
  void admit_variantsWithWarnings_passesEachOnOnce() {
    admission(100, 16).admit(parse(SWEEP), warnings::add);

    assertThat(warnings).containsExactly("of all", "level 0.1", "level 0.2", "level 0.3");
  }

  @Test
  void admit_trialsThatStartElsewhere_haveEachStartCheckedOnceWithItsModel() {
    String from = "{checkpoint: {trialId: 0123456789abcdef0123456789abcdef, epoch: 3}}";
    admission(100, 16)
        .admit(
            parse(
                SWEEP.replace(
                    "training: {epochs: 7}", "training: {epochs: 7}\n    start: " + from)),
            warnings::add);

    assertThat(starts).hasSize(1);
    assertThat(starts.get(0).start().getCheckpoint().getEpoch()).isEqualTo(3);
    assertThat(starts.get(0).shape()).isEqualTo(shape);
    assertThat(starts.get(0).classes()).isEqualTo(10);
    assertThat(starts.get(0).model().hasMlp()).isTrue();
  }

  @Test
  void admit_goodSweep_fillsDefaultsAndChecksEachVariantOnce() {
    SweepSubmitted admitted = admission(100, 16).admit(parse(SWEEP), warnings::add);
    assertThat(admitted.getSweepId()).matches("study-[0-9a-f]{16}");
    assertThat(admitted.getSweep().getSpec().getParallelism()).isEqualTo(16);
    assertThat(admitted.getSweep().getSpec().getFailureBudget().getAttempts()).isEqualTo(5);
    assertThat(checked).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void admit_fieldsOfANewerVersion_areRefusedByPlaceAndNumber() {
    UnknownFieldSet newer =
        UnknownFieldSet.newBuilder()
            .addField(999, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
            .build();
    Sweep.Builder sweep = parse(SWEEP).toBuilder();
    sweep.getSpecBuilder().getAxesBuilder(1).getPointsBuilder(0).setUnknownFields(newer);
    assertThatThrownBy(() -> admission(100, 16).admit(sweep.build(), warnings::add))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("spec.axes[1].points[0]: has fields that this version")
        .hasMessageContaining("of numbers [999] in AxisPoint");
  }

  /** Of a user's own files, too, whose shape and number nothing but they tell. */
  @Test
  void admit_goodSweep_notesTheBytesThatItMayLeave() {
    assertThat(admission(100, 16).admit(parse(SWEEP), warnings::add).getMostBytes()).isPositive();
    long all = admission(100, 16).admit(parse(OWN_FILES), warnings::add).getMostBytes();
    long variants = 3 * (100 + 50) * (784 + 17);
    assertThat(all).isGreaterThan(variants);
    String none = OWN_FILES.replace("spec:\n", "spec:\n  retention: {checkpoints: NONE}\n");
    assertThat(admission(100, 16).admit(parse(none), warnings::add).getMostBytes())
        .isEqualTo(variants);
  }

  /** An axis of sizes is one of datasets: what nobody looked at may be of any size. */
  @Test
  void admit_moreDatasetsOfOwnFilesThanAreLookedAt_mayLeaveAnyNumberOfBytes() {
    String sizes =
        OWN_FILES.replace(
            "field: corruption.labels.level\n    values: [0.1, 0.2, 0.3]",
            "field: dataset.trainSize\n    values: [100, 101, 102]");
    assertThat(sizes).isNotEqualTo(OWN_FILES);

    assertThat(admission(100, 2).admit(parse(sizes), warnings::add).getMostBytes())
        .isEqualTo(Long.MAX_VALUE);
    assertThat(admission(100, 3).admit(parse(sizes), warnings::add).getMostBytes())
        .isBetween(1L, 1L << 40);
  }

  @Test
  void admit_manyVariants_checksAtMostSoMany() {
    admission(100, 2).admit(parse(SWEEP), warnings::add);
    assertThat(checked).hasSize(2);
  }

  private static final String OWN_FILES =
      SWEEP
          .replace(
              "{name: strokes, trainSize: 100, validationSize: 50}",
              "{name: idx, trainSize: 100, validationSize: 50,"
                  + " idx: {trainImages: a, trainLabels: b}}")
          .replace("{mlp: {hidden: [8]}}", "{cnn: {crop: 0}}");

  @Test
  void admit_networkThatDoesNotFitAUsersOwnFiles_isRefusedAtTheDoor() {
    admission(100, 16).admit(parse(OWN_FILES), warnings::add);
    shape = shape.toBuilder().setHeight(6).setWidth(6).build();
    assertThatThrownBy(() -> admission(100, 16).admit(parse(OWN_FILES), warnings::add))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("spec.trial.model.cnn")
        .hasMessageContaining(
            "on data of 10 classes, channels × height × width 1 × 6 × 6 (in the cell level=0.1,"
                + " length=default)");
  }

  @Test
  void admit_networkOfOnePointOfAnAxis_thatDoesNotFit_isRefusedThoughItsVariantIsNotAsked() {
    shape = shape.toBuilder().setHeight(6).setWidth(6).build();
    String axis =
        OWN_FILES
            .replace("{cnn: {crop: 0}}", "{mlp: {hidden: [8]}}")
            .replace("set: {training: {epochs: 20}}", "set: {model: {cnn: {crop: 0}}}");
    assertThatThrownBy(() -> admission(100, 1).admit(parse(axis), warnings::add))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("length=long");
    assertThat(checked).hasSize(1);
  }

  @Test
  void admit_datasetsThatAreUnlike_areAskedBeforeOthers() {
    String axis =
        SWEEP.replace(
            "set: {training: {epochs: 20}}",
            "set: {dataset: {name: strokes, trainSize: 200, validationSize: 50}}");
    admission(100, 2).admit(parse(axis), warnings::add);
    assertThat(checked)
        .extracting(variant -> variant.getDataset().getTrainSize())
        .containsExactly(100, 200);
  }

  @Test
  void admit_gridBeyondTheLimit_isRefusedWithTheCount() {
    assertThatThrownBy(() -> admission(23, 16).admit(parse(SWEEP), warnings::add))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("spec.axes")
        .hasMessageContaining("at most 23 trials, was 24");
    assertThat(checked).isEmpty();
  }

  @Test
  void admit_wrongValue_isRefusedBeforeAnythingIsChecked() {
    String wrong = SWEEP.replace("[0.1, 0.2, 0.3]", "[0.1, 2]");
    assertThatThrownBy(() -> admission(100, 16).admit(parse(wrong), warnings::add))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("level");
    assertThat(checked).isEmpty();
  }

  @Test
  void admit_sweepBeyondTheLargestRecord_isRefusedWithItsSize() {
    Sweep.Builder large = parse(SWEEP).toBuilder();
    for (int i = 0; i < 4; i++) {
      large.getMetadataBuilder().putAnnotations("note" + i, "x".repeat(1 << 18));
    }
    assertThatThrownBy(() -> admission(100, 16).admit(large.build(), warnings::add))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("at most 921600 bytes, was 104");
  }

  @Test
  void plan_epochs_equalTheSumOverAllCells() {
    for (String text :
        List.of(
            SWEEP,
            SWEEP.replace("training: {epochs: 7}", "seed: 3"),
            SWEEP.replace("set: {training: {epochs: 20}}", "set: {seed: 5}"),
            SWEEP
                .replace("field: corruption.labels.level", "field: training.epochs")
                .replace("[0.1, 0.2, 0.3]", "[1, 2, 30]"))) {
      SweepPlan plan = GridPlan.of(parse(text), Versions.CURRENT);
      long sum = LongStream.range(0, plan.size()).map(i -> plan.cell(i).epochs()).sum();
      assertThat(plan.size()).isEqualTo(24);
      assertThat(plan.epochs()).isEqualTo(sum);
    }
  }

  @Test
  void plan_cells_shareVariantsAndNothingElse() {
    SweepPlan plan = GridPlan.of(parse(SWEEP), Versions.CURRENT);
    Set<String> variants = new HashSet<>();
    Set<String> trials = new HashSet<>();
    Set<String> measurements = new HashSet<>();
    for (long i = 0; i < plan.size(); i++) {
      SweepPlan.Cell cell = plan.cell(i);
      variants.add(cell.trial().variant().id().value());
      trials.add(cell.trial().id().value());
      cell.measures().forEach(measure -> measurements.add(measure.id().value()));
    }
    assertThat(variants).hasSize(3);
    assertThat(trials).hasSize(24);
    assertThat(measurements).hasSize(24);
  }

  @Test
  void admit_filesOfOwn_otherContentIsAnotherSweep() {
    String own =
        SWEEP.replace(
            "{name: strokes, trainSize: 100, validationSize: 50}",
            "{name: files, trainSize: 100, validationSize: 50, files: {train: {path: a.npz}}}");
    SweepSubmitted first = admission(100, 16).admit(parse(own), warnings::add);
    SweepSubmitted again = admission(100, 16).admit(parse(own), warnings::add);
    content = "1".repeat(64);
    SweepSubmitted changed = admission(100, 16).admit(parse(own), warnings::add);

    assertThat(again.getSweepId()).isEqualTo(first.getSweepId());
    assertThat(changed.getSweepId()).isNotEqualTo(first.getSweepId());
    assertThat(changed.getSweep().getSpec().getTrial().getDataset().getFiles().getContentMap())
        .containsEntry("a.npz", content);
    assertThat(checked)
        .allSatisfy(
            variant -> assertThat(variant.getDataset().getFiles().getContentMap()).hasSize(1));
  }
}
