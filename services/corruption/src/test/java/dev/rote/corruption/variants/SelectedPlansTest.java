package dev.rote.corruption.variants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rote.corruption.datasets.DatasetException;
import dev.rote.corruption.variants.PlannedVariant.Example;
import dev.rote.spec.SpecException;
import dev.rote.v1.ClassGroup;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.IdxFiles;
import dev.rote.v1.LabelCorruption;
import dev.rote.v1.VariantSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which examples of files of one's own, and of strokes, are trained on. */
class SelectedPlansTest {
  private static final int N = 200;
  @TempDir static Path directory;

  /** Images 2 x 2 of which each two neighbours are equal; label i mod 5. */
  @BeforeAll
  static void ownImages() throws IOException {
    ByteBuffer images = ByteBuffer.allocate(16 + N * 4);
    images.putInt(0x803).putInt(N).putInt(2).putInt(2);
    ByteBuffer labels = ByteBuffer.allocate(8 + N);
    labels.putInt(0x801).putInt(N);
    for (int i = 0; i < N; i++) {
      images.putInt(0x01010101 * (i / 2));
      labels.put((byte) (i % 5));
    }
    Files.write(directory.resolve("images"), images.array());
    Files.write(directory.resolve("labels"), labels.array());
  }

  private static VariantSpec.Builder own() {
    VariantSpec.Builder spec = VariantSpec.newBuilder();
    spec.getDatasetBuilder()
        .setName("idx")
        .setIdx(IdxFiles.newBuilder().setTrainImages("images").setTrainLabels("labels"));
    return spec;
  }

  private static VariantSpec.Builder strokes() {
    VariantSpec.Builder spec = VariantSpec.newBuilder();
    spec.getDatasetBuilder().setName("strokes").setTrainSize(1000).setValidationSize(100);
    return spec;
  }

  private static PlannedVariant plan(VariantSpec.Builder spec) {
    return PlannedVariant.of(spec.build(), directory, directory.resolve("cache"));
  }

  private static Set<Long> sources(List<Example> examples) {
    return examples.stream().map(Example::source).collect(Collectors.toSet());
  }

  private static Map<Integer, Long> counts(List<Example> examples) {
    return examples.stream()
        .collect(Collectors.groupingBy(Example::label, TreeMap::new, Collectors.counting()));
  }

  @Test
  void classes_picked_numberedAsWritten() {
    VariantSpec.Builder spec = own();
    spec.getDatasetBuilder().addClasses(3).addClasses(1);
    PlannedVariant variant = plan(spec);
    assertThat(variant.classes()).isEqualTo(2);
    assertThat(variant.train()).hasSize(72);
    assertThat(variant.validation()).hasSize(8);
    for (Example example : variant.train()) {
      assertThat(example.source() % 5).isEqualTo(example.label() == 0 ? 3 : 1);
      assertThat(example.original()).isEqualTo(example.label());
    }
    Set<Long> all = sources(variant.train());
    all.addAll(sources(variant.validation()));
    assertThat(all).hasSize(80);
  }

  @Test
  void classGroups_merged_othersLeftOut() {
    VariantSpec.Builder spec = own();
    spec.getDatasetBuilder()
        .setTrainSize(100)
        .setValidationSize(20)
        .addClassGroups(ClassGroup.newBuilder().addClasses(0).addClasses(4))
        .addClassGroups(ClassGroup.newBuilder().addClasses(2));
    PlannedVariant variant = plan(spec);
    assertThat(variant.classes()).isEqualTo(2);
    assertThat(variant.train()).hasSize(100);
    for (Example example : variant.train()) {
      assertThat(example.source() % 5).isIn(example.label() == 0 ? List.of(0L, 4L) : List.of(2L));
    }
  }

  @Test
  void sourceIndices_these_andSplitAsAny() {
    VariantSpec.Builder spec = own();
    for (int i = 0; i < 40; i++) {
      spec.getDatasetBuilder().addSourceIndices(5 * i + 2);
    }
    spec.getDatasetBuilder().setTrainSize(36);
    PlannedVariant variant = plan(spec);
    Set<Long> all = sources(variant.train());
    all.addAll(sources(variant.validation()));
    assertThat(all).hasSize(40).allMatch(source -> source % 5 == 2);
    spec.getDatasetBuilder().addSourceIndices(N);
    assertThatThrownBy(() -> plan(spec))
        .isInstanceOf(DatasetException.class)
        .hasMessage("must be examples of the training files, which have none with the index " + N);
  }

  @Test
  void duplicates_dropped_firstOfEachStays() {
    VariantSpec.Builder spec = own();
    spec.getDatasetBuilder().setDuplicates(DatasetSpec.Duplicates.DROP);
    PlannedVariant variant = plan(spec);
    Set<Long> all = sources(variant.train());
    all.addAll(sources(variant.validation()));
    assertThat(all).hasSize(N / 2).allMatch(source -> source % 2 == 0);
    assertThat(
            plan(own()
                    .setDataset(own().getDatasetBuilder().setTrainSize(180).setValidationSize(20)))
                .train())
        .hasSize(180);
  }

  @Test
  void imbalance_sharesOfClasses_exact() {
    VariantSpec.Builder balanced = strokes();
    Map<Integer, Long> before = counts(plan(balanced).train());
    VariantSpec.Builder spec = strokes();
    double[] shares = {1, 0.5, 0.1, 1, 1, 0, 0.25, 1, 1, 1};
    for (double share : shares) {
      spec.getDatasetBuilder().getImbalanceBuilder().addShares(share);
    }
    PlannedVariant variant = plan(spec);
    Map<Integer, Long> after = counts(variant.train());
    for (int c = 0; c < 10; c++) {
      assertThat(after.getOrDefault(c, 0L))
          .isEqualTo(Math.round(shares[c] * before.getOrDefault(c, 0L)));
    }
    assertThat(counts(variant.validation())).isEqualTo(counts(plan(balanced).validation()));
  }

  @Test
  void imbalance_longTails_followTheirLaws() {
    Map<Integer, Long> before = counts(plan(strokes()).train());
    VariantSpec.Builder ratio = strokes();
    ratio.getDatasetBuilder().getImbalanceBuilder().setRatio(50);
    VariantSpec.Builder exponent = strokes();
    exponent.getDatasetBuilder().getImbalanceBuilder().setExponent(1.5);
    Map<Integer, Long> byRatio = counts(plan(ratio).train());
    Map<Integer, Long> byExponent = counts(plan(exponent).train());
    for (int c = 0; c < 10; c++) {
      assertThat(byRatio.get(c))
          .isEqualTo(Math.round(Math.pow(50, -c / 9.0) * before.getOrDefault(c, 0L)));
      assertThat(byExponent.get(c))
          .isEqualTo(Math.round(Math.pow(c + 1, -1.5) * before.getOrDefault(c, 0L)));
    }
  }

  /** What an example is trained on does not depend on which others are left. */
  @Test
  void subset_afterCorruption_exactAndOthersUnchanged() {
    VariantSpec.Builder whole = strokes();
    whole
        .getCorruptionBuilder()
        .getLabelsBuilder()
        .setRule(LabelCorruption.Rule.RANDOM)
        .setLevel(0.4);
    Map<Long, Example> all =
        plan(whole).train().stream().collect(Collectors.toMap(Example::source, e -> e));
    VariantSpec.Builder part = whole.clone();
    part.getDatasetBuilder().getSubsetBuilder().setShare(0.7);
    List<Example> left = plan(part).train();
    assertThat(left).hasSize(700);
    for (Example example : left) {
      Example same = Objects.requireNonNull(all.get(example.source()));
      assertThat(example.label()).isEqualTo(same.label());
      assertThat(example.mask()).isEqualTo(same.mask());
      assertThat(example.input()).isEqualTo(same.input());
    }
    part.getDatasetBuilder().getSubsetBuilder().setSeed(2);
    Set<Long> both = sources(plan(part).train());
    both.retainAll(sources(left));
    /* 490 of 1000 are expected in both, with a deviation of 6.6. */
    assertThat(both).hasSizeBetween(463, 517);
  }

  @Test
  void classes_thatTheFilesDoNotHave_areRefused() {
    VariantSpec.Builder spec = own();
    spec.getDatasetBuilder().addClasses(3).addClasses(5);
    assertThatThrownBy(() -> plan(spec))
        .isInstanceOf(DatasetException.class)
        .hasMessage("must be classes of the dataset, 0 to 4, was 5");
  }

  @Test
  void trainSize_beyondWhatIsLeft_saysHowManyAreLeft() {
    VariantSpec.Builder spec = own();
    spec.getDatasetBuilder().addClasses(3).addClasses(1).setTrainSize(100).setValidationSize(10);
    assertThatThrownBy(() -> plan(spec))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining(
            "must be in [1, 70] (80 training examples, 10 of them for validation)");
  }

  @Test
  void strokes_selectedByClass_isRefusedAtTheDoor() {
    VariantSpec.Builder spec = strokes();
    spec.getDatasetBuilder().addClasses(1).addClasses(2);
    assertThatThrownBy(() -> plan(spec))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("is not for strokes, which draws as many as are asked for");
  }
}
