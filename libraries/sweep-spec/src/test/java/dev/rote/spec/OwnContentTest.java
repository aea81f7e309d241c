package dev.rote.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rote.v1.DatasetSpec;
import dev.rote.v1.FileSet;
import dev.rote.v1.LabelFile;
import dev.rote.v1.OwnFiles;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepSpec;
import dev.rote.v1.TrialSpec;
import dev.rote.v1.VariantSpec;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnContentTest {
  private static final String SWEEP =
      """
      apiVersion: rote.dev/v1
      kind: Sweep
      metadata: {name: own}
      spec:
        trial:
          dataset:
            name: files
            trainSize: 100
            validationSize: 50
            files:
              train: {path: "own/train-*.parquet", label: fine_label}
              test: {path: own/test.npz, labels: own/test-labels.csv}
              classes: [cat, dog]
              shape: [28, 28]
              resize: {height: 28, width: 28, rule: CROP}
          model: {mlp: {hidden: [8]}}
        axes:
        - name: data
          points:
          - label: one
          - label: other
            set: {dataset: {files: {train: {path: own/other.csv}}}}
      """;
  private static final String ONE = "1".repeat(64);
  private static final String TWO = "2".repeat(64);
  private static final String THREE = "3".repeat(64);

  private static Sweep parse(String text) {
    return SweepFiles.parse(text, "test");
  }

  private static Sweep with(Map<String, String> content) {
    Sweep sweep = parse(SWEEP);
    return sweep.toBuilder().setSpec(OwnContent.write(sweep.getSpec(), content)).build();
  }

  @Test
  void unwritten_sweep_namesEveryPathOfBaseAndAxes() {
    SweepSpec spec = parse(SWEEP).getSpec();

    assertThat(OwnContent.unwritten(spec))
        .containsExactlyInAnyOrder(
            "own/train-*.parquet", "own/test.npz", "own/test-labels.csv", "own/other.csv");
    assertThat(OwnContent.unwritten(with(Map.of("own/test.npz", ONE)).getSpec()))
        .doesNotContain("own/test.npz");
  }

  @Test
  void write_otherContent_isAnotherSweepTrialAndVariant() {
    Sweep one = with(Map.of("own/train-*.parquet", ONE, "own/other.csv", ONE));
    Sweep other = with(Map.of("own/train-*.parquet", TWO, "own/other.csv", ONE));

    assertThat(Ids.sweepId(other)).isNotEqualTo(Ids.sweepId(one));
    TrialSpec first = Grid.of(one.getSpec()).cell(0).trial();
    TrialSpec changed = Grid.of(other.getSpec()).cell(0).trial();
    assertThat(Ids.trialId(changed)).isNotEqualTo(Ids.trialId(first));
    assertThat(Ids.variantId(Variants.of(changed))).isNotEqualTo(Ids.variantId(Variants.of(first)));
  }

  @Test
  void write_contentOfFilesThatATrialDoesNotRead_isNoPartOfIt() {
    Sweep one = with(Map.of("own/train-*.parquet", ONE, "own/other.csv", ONE));
    Sweep other = with(Map.of("own/train-*.parquet", TWO, "own/other.csv", ONE));
    TrialSpec trial = Grid.of(one.getSpec()).cell(1).trial();

    assertThat(trial.getDataset().getFiles().getContentMap())
        .containsExactly(Map.entry("own/other.csv", ONE));
    assertThat(Ids.trialId(Grid.of(other.getSpec()).cell(1).trial())).isEqualTo(Ids.trialId(trial));
  }

  @Test
  void write_contentThatIsWritten_stays() {
    DatasetSpec.Builder dataset = DatasetSpec.newBuilder().setName("files");
    dataset.getFilesBuilder().putContent("a", ONE).getTrainBuilder().setPath("a");

    assertThat(OwnContent.write(dataset.build(), Map.of("a", TWO)).getFiles().getContentMap())
        .containsExactly(Map.entry("a", ONE));
  }

  @Test
  void write_labelFiles_haveTheirContentInEveryCell() {
    Sweep sweep =
        parse(
            SWEEP
                .replace(
                    "model:", "corruption: {labels: {rule: FILE, file: {path: a.csv}}}\n    model:")
                .replace(
                    "  axes:\n",
                    "  axes:\n  - {name: l, field: corruption.labels.file.path, values: [b.csv, c.csv]}\n"));
    Map<String, String> content = Map.of("a.csv", ONE, "b.csv", TWO, "c.csv", THREE);
    SweepSpec written = OwnContent.write(sweep.getSpec(), content);

    assertThat(OwnContent.unwritten(sweep.getSpec())).contains("a.csv", "b.csv", "c.csv");
    assertThat(OwnContent.unwritten(written)).doesNotContain("a.csv", "b.csv", "c.csv");
    Grid grid = Grid.of(written);
    for (long cell = 0; cell < grid.size(); cell++) {
      LabelFile file = grid.cell(cell).trial().getCorruption().getLabels().getFile();
      assertThat(file.getSha256()).isEqualTo(content.get(file.getPath()));
    }
    assertThat(grid.size()).isEqualTo(Grid.of(sweep.getSpec()).size());
    assertThat(OwnContent.written(written)).containsAllEntriesOf(content);
  }

  @Test
  void fill_validationSet_isWhereValidationComesFrom() {
    DatasetSpec.Builder dataset = DatasetSpec.newBuilder().setName("files");
    dataset.getFilesBuilder().getValidationBuilder().setPath("v.npz");

    assertThat(
            SweepDefaults.fill(VariantSpec.newBuilder().setDataset(dataset).build())
                .getDataset()
                .getValidationSource())
        .isEqualTo(DatasetSpec.ValidationSource.VALIDATION);
  }

  @Test
  void check_describedFiles_areTaken() {
    SweepValidator.check(parse(SWEEP));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          own/test.npz                | ../test.npz           | files.test.path: must be a path inside
          own/test.npz                | /etc/passwd           | files.test.path: must be a path inside
          own/test.npz                | https://host/x.npz    | files.test.path: is an address: write `content
          own/test.npz                | s3://bucket/x.npz     | files.test.path: is an address: write `content
          own/test.npz                | s3://Bucket/x.npz     | files.test.path: must be an address such as
          own/test.npz                | stored:12/x           | files.test.path: must be as 'rote datasets put'
          '[cat, dog]'                | [cat, cat]            | files.classes[1]: is a second "cat"
          '[cat, dog]'                | [cat]                 | files.classes: must be at least two
          '[28, 28]'                  | [28, 0]               | files.shape[1]: must be in
          '[28, 28]'                  | [4096, 4096]          | files.shape: must have at most 262144
          'height: 28, width'         | height: 0, width      | files.resize.height: must be in
          'trainSize: 100'            | trainSize: 0          | dataset.trainSize
          """)
  void check_mistake_isRefusedByItsField(String from, String to, String message) {
    String text = SWEEP.replace(from, to);

    assertThatThrownBy(() -> SweepValidator.check(parse(text)))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining(message);
  }

  private static OwnFiles.Builder described(String path) {
    return OwnFiles.newBuilder().setTrain(FileSet.newBuilder().setPath(path));
  }

  @Test
  void checkFiles_mistakes_areRefusedByTheirFields() {
    OwnFiles.Builder files = described("x.npz").putContent("https://host/x", "../../../etc");
    files.getResizeBuilder().setHeight(40_000).setWidth(40_000);
    files.getTestBuilder().setPath("stored:x");

    assertThatThrownBy(() -> SweepValidator.checkFiles(files.build()))
        .asInstanceOf(InstanceOfAssertFactories.type(SpecException.class))
        .extracting(refused -> refused.violations().stream().map(Violation::path).toList())
        .isEqualTo(
            List.of(
                "files.test.path",
                "files.resize.height",
                "files.resize.width",
                "files.resize",
                "files.content[https://host/x]"));
    assertThatThrownBy(() -> SweepValidator.checkFiles(OwnFiles.getDefaultInstance()))
        .hasMessageStartingWith("files.train.path: must be the path of a file");
    SweepValidator.checkFiles(described("sets/*.npz").build());
  }

  @Test
  void checkPaths_mistakes_areRefusedByTheirPositions() {
    assertThatThrownBy(
            () ->
                SweepValidator.checkPaths(
                    List.of("x.npz", "stored:x", "../x", "s3://bucket/x", "")))
        .asInstanceOf(InstanceOfAssertFactories.type(SpecException.class))
        .extracting(refused -> refused.violations().stream().map(Violation::path).toList())
        .isEqualTo(List.of("paths[1]", "paths[2]", "paths[3]", "paths[4]"));
    SweepValidator.checkPaths(List.of("x.npz", "sets/*.npz", "stored:" + ONE + "/x.npz"));
  }
}
