package dev.rote.corruption.variants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rote.artifacts.Sha256;
import dev.rote.artifacts.variants.Shard;
import dev.rote.corruption.variants.PlannedVariant.Example;
import dev.rote.v1.LabelCorruption;
import dev.rote.v1.LabelFile;
import dev.rote.v1.VariantSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Selections and corruptions of the published files, where they are. */
@Tag("datasets")
class PublishedPlansTest {
  private static final List<String> LINKED = List.of("mnist", "cifar-10-batches-bin", "cifar-10n");

  @TempDir Path directory;
  private Path published = Path.of("");

  @BeforeEach
  void find() throws IOException {
    published = Path.of(System.getProperty("rote.datasets", "")).toAbsolutePath();
    assumeTrue(
        Files.isDirectory(published.resolve("mnist")),
        "no real datasets in rote.datasets=" + published);
    for (String folder : LINKED) {
      Files.createSymbolicLink(directory.resolve(folder), published.resolve(folder));
    }
  }

  @AfterEach
  void unlink() throws IOException {
    for (String folder : LINKED) {
      Files.deleteIfExists(directory.resolve(folder));
    }
  }

  private PlannedVariant plan(VariantSpec.Builder spec) {
    return PlannedVariant.of(spec.build(), directory, directory.resolve("cache"));
  }

  private static VariantSpec.Builder cifar(LabelCorruption.Rule rule) {
    VariantSpec.Builder spec = VariantSpec.newBuilder();
    spec.getDatasetBuilder()
        .setName("cifar10")
        .addBatches(2)
        .setTrainSize(3000)
        .setValidationSize(100);
    spec.getCorruptionBuilder().getLabelsBuilder().setRule(rule);
    return spec;
  }

  /** CIFAR-10N as a table: the labels are those of the rule for it, what differs is treated. */
  @Test
  void file_ofHumanLabels_isWhatTheRuleForThemDoes() throws IOException {
    byte[] human = Files.readAllBytes(published.resolve("cifar-10n").resolve("worse_label.u8"));
    StringBuilder lines = new StringBuilder("label\n");
    for (byte label : human) {
      lines.append(label).append('\n');
    }
    byte[] content = lines.toString().getBytes(StandardCharsets.UTF_8);
    Files.write(directory.resolve("worse.csv"), content);
    VariantSpec.Builder spec = cifar(LabelCorruption.Rule.FILE);
    spec.getCorruptionBuilder()
        .getLabelsBuilder()
        .setFile(
            LabelFile.newBuilder()
                .setPath("worse.csv")
                .setSha256(Sha256.hex(Sha256.of(ByteBuffer.wrap(content)))));
    List<Example> listed = plan(spec).train();
    List<Example> ruled = plan(cifar(LabelCorruption.Rule.HUMAN)).train();
    for (int i = 0; i < listed.size(); i++) {
      assertThat(listed.get(i).label()).isEqualTo(ruled.get(i).label());
      assertThat(listed.get(i).is(Shard.LABEL_TREATED))
          .isEqualTo(listed.get(i).label() != listed.get(i).original());
    }
    long wrong = listed.stream().filter(example -> example.mask() != 0).count();
    assertThat(wrong / 3000.0).isCloseTo(0.4021, within(4 * Math.sqrt(0.4 * 0.6 / 3000)));
  }

  /** 6131 threes and 5421 fives, of which a tenth is for validation. */
  @Test
  void classes_ofMnist_allThatThereAre() {
    VariantSpec.Builder spec = VariantSpec.newBuilder();
    spec.getDatasetBuilder().setName("mnist").addClasses(3).addClasses(5);
    PlannedVariant variant = plan(spec);
    assertThat(variant.classes()).isEqualTo(2);
    assertThat(variant.validation()).hasSize(1155);
    assertThat(variant.train()).hasSize(11_552 - 1155);
    long threes =
        variant.train().stream().filter(example -> example.label() == 0).count()
            + variant.validation().stream().filter(example -> example.label() == 0).count();
    assertThat(threes).isEqualTo(6131);
  }

  /** MNIST has no two equal pictures. */
  @Test
  void duplicates_ofMnist_none() {
    VariantSpec.Builder spec = VariantSpec.newBuilder();
    spec.getDatasetBuilder()
        .setName("mnist")
        .setDuplicates(dev.rote.v1.DatasetSpec.Duplicates.DROP)
        .setTrainSize(100)
        .setValidationSize(59_900);
    assertThat(plan(spec).train()).hasSize(100);
  }

  /** Cats and dogs each other, trucks to automobiles, and nothing else. */
  @Test
  void asymmetric_ofCifar10_flipsTheFiveClassesAlone() {
    VariantSpec.Builder spec = cifar(LabelCorruption.Rule.ASYMMETRIC);
    spec.getCorruptionBuilder().getLabelsBuilder().setLevel(0.4);
    int[][] counts = new int[10][10];
    for (Example example : plan(spec).train()) {
      counts[example.original()][example.label()]++;
    }
    int[] to = {0, 1, 0, 5, 7, 3, 6, 7, 8, 1};
    for (int c = 0; c < 10; c++) {
      double all = java.util.Arrays.stream(counts[c]).sum();
      double stay = counts[c][c] / all;
      assertThat(stay)
          .isCloseTo(to[c] == c ? 1 : 0.6, within(to[c] == c ? 0 : 4 * Math.sqrt(0.24 / all)));
      assertThat(counts[c][c] + (to[c] == c ? 0 : counts[c][to[c]])).isEqualTo((int) all);
    }
  }
}
