package dev.rote.corruption.variants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rote.artifacts.variants.Shard;
import dev.rote.corruption.datasets.DatasetException;
import dev.rote.corruption.variants.PlannedVariant.Example;
import dev.rote.v1.FileSet;
import dev.rote.v1.IdxFiles;
import dev.rote.v1.InputCorruption;
import dev.rote.v1.LabelCorruption;
import dev.rote.v1.RepeatedExamples;
import dev.rote.v1.VariantSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Label noise by inputs, images of another dataset, and examples that are there several times. */
class CorruptedPlansTest {
  @TempDir static Path directory;

  /** Thirty images of 28 x 28, each of one grey level. */
  @BeforeAll
  static void ownImages() throws IOException {
    ByteBuffer images = ByteBuffer.allocate(16 + 30 * 784);
    images.putInt(0x803).putInt(30).putInt(28).putInt(28);
    ByteBuffer labels = ByteBuffer.allocate(8 + 30);
    labels.putInt(0x801).putInt(30);
    for (int i = 0; i < 30; i++) {
      for (int pixel = 0; pixel < 784; pixel++) {
        images.put((byte) i);
      }
      labels.put((byte) (i % 10));
    }
    Files.write(directory.resolve("images"), images.array());
    Files.write(directory.resolve("labels"), labels.array());
  }

  private static VariantSpec.Builder strokes(int train) {
    VariantSpec.Builder spec = VariantSpec.newBuilder();
    spec.getDatasetBuilder().setName("strokes").setTrainSize(train).setValidationSize(50);
    return spec;
  }

  private static VariantSpec.Builder labels(LabelCorruption.Rule rule, double level) {
    VariantSpec.Builder spec = strokes(4000);
    spec.getCorruptionBuilder().getLabelsBuilder().setRule(rule).setLevel(level);
    return spec;
  }

  private static PlannedVariant plan(VariantSpec.Builder spec) {
    return PlannedVariant.of(spec.build(), directory, directory.resolve("cache"));
  }

  private static boolean treated(Example example) {
    return example.is(Shard.LABEL_TREATED);
  }

  @Test
  void instanceDependent_rateOfTheTruncatedNormal_andEveryFlipAChange() {
    List<Example> train = plan(labels(LabelCorruption.Rule.INSTANCE_DEPENDENT, 0.2)).train();
    long flipped = train.stream().filter(CorruptedPlansTest::treated).count();
    /* The mean of the truncated distribution, and four deviations of a count. */
    assertThat(flipped / 4000.0).isCloseTo(0.205525, within(4 * Math.sqrt(0.2055 * 0.7945 / 4000)));
    assertThat(train)
        .allSatisfy(
            example ->
                assertThat(example.label() != example.original()).isEqualTo(treated(example)));
  }

  /** Noise that looks at inputs sends a class to few others; other rules send it to all alike. */
  @Test
  void instanceDependent_flipsOfAClass_areNotSpreadEvenly() {
    double byInput = largestShare(plan(labels(LabelCorruption.Rule.INSTANCE_DEPENDENT, 0.4)));
    double evenly = largestShare(plan(labels(LabelCorruption.Rule.SYMMETRIC, 0.4)));
    assertThat(evenly).isLessThan(0.2);
    assertThat(byInput).isGreaterThan(0.3);
  }

  /** Of the flips of each class the share of the commonest new label, meaned over classes. */
  private static double largestShare(PlannedVariant variant) {
    double sum = 0;
    for (int c = 0; c < 10; c++) {
      int[] counts = new int[10];
      int flips = 0;
      for (Example example : variant.train()) {
        if (treated(example) && example.original() == c) {
          counts[example.label()]++;
          flips++;
        }
      }
      sum += java.util.Arrays.stream(counts).max().orElse(0) / (double) flips;
    }
    return sum / 10;
  }

  @Test
  void instanceDependent_higherLevel_aSupersetWithTheSameLabels() {
    List<Example> low = plan(labels(LabelCorruption.Rule.INSTANCE_DEPENDENT, 0.2)).train();
    List<Example> high = plan(labels(LabelCorruption.Rule.INSTANCE_DEPENDENT, 0.5)).train();
    for (int i = 0; i < low.size(); i++) {
      if (treated(low.get(i))) {
        assertThat(high.get(i).label()).isEqualTo(low.get(i).label());
      }
    }
  }

  private static VariantSpec.Builder openSet(double level) {
    VariantSpec.Builder spec = VariantSpec.newBuilder();
    spec.getDatasetBuilder()
        .setName("idx")
        .setTrainSize(25)
        .setValidationSize(5)
        .setIdx(
            IdxFiles.newBuilder().setTrainImages("images").setTrainLabels("labels").setClasses(10));
    spec.getCorruptionBuilder()
        .getInputsBuilder()
        .setRule(InputCorruption.Rule.OPEN_SET)
        .setLevel(level)
        .getOtherBuilder()
        .setName("strokes")
        .setTrainSize(20)
        .setValidationSize(4);
    return spec;
  }

  @Test
  void openSet_imagesOfTheOther_eachOnceUnderTheirPlacesLabels() {
    PlannedVariant real = plan(openSet(0));
    PlannedVariant mixed = plan(openSet(0.6));
    VariantSpec.Builder other = strokes(20);
    other.getDatasetBuilder().setValidationSize(4);
    Set<List<Float>> strokes = new HashSet<>();
    plan(other).train().forEach(example -> strokes.add(values(example)));
    Set<List<Float>> borrowed = new HashSet<>();
    for (int i = 0; i < 25; i++) {
      Example example = mixed.train().get(i);
      assertThat(example.label()).isEqualTo(real.train().get(i).label());
      assertThat(example.source()).isEqualTo(real.train().get(i).source());
      if (example.is(Shard.INPUT_REPLACED)) {
        assertThat(strokes).contains(values(example));
        assertThat(borrowed.add(values(example))).isTrue();
      } else {
        assertThat(values(example)).isEqualTo(values(real.train().get(i)));
      }
    }
    assertThat(borrowed).hasSize(15);
    assertThat(mixed.validation()).allMatch(example -> example.mask() == 0);
  }

  /** Those of one's own files have grey levels from 200 on, which the dataset has none of. */
  @Test
  void openSet_filesOfOnesOwn_areBorrowedFrom() throws IOException {
    ByteBuffer images = ByteBuffer.allocate(16 + 40 * 784);
    images.putInt(0x803).putInt(40).putInt(28).putInt(28);
    ByteBuffer labels = ByteBuffer.allocate(8 + 40);
    labels.putInt(0x801).putInt(40);
    for (int i = 0; i < 40; i++) {
      for (int pixel = 0; pixel < 784; pixel++) {
        images.put((byte) (200 + i));
      }
      labels.put((byte) (i % 2));
    }
    Files.write(directory.resolve("other-images"), images.array());
    Files.write(directory.resolve("other-labels"), labels.array());
    VariantSpec.Builder spec = openSet(0.6);
    FileSet.Builder train =
        spec.getCorruptionBuilder()
            .getInputsBuilder()
            .getOtherBuilder()
            .setName("files")
            .setTrainSize(36)
            .getFilesBuilder()
            .getTrainBuilder()
            .setPath("other-images")
            .setLabels("other-labels");
    List<Example> mixed = plan(spec).train();
    for (Example example : mixed) {
      boolean replaced = example.is(Shard.INPUT_REPLACED);
      assertThat(example.input()[0] * 255 >= 199.5).isEqualTo(replaced);
      assertThat(example.label()).isEqualTo((int) (example.source() % 10));
    }
    assertThat(mixed.stream().filter(example -> example.mask() != 0)).hasSize(15);

    train.setPath("absent");
    assertThatThrownBy(() -> plan(spec)).hasMessageContaining("absent is missing");
  }

  @Test
  void openSet_moreThanTheOtherHas_goesRoundAgain() {
    VariantSpec.Builder few = openSet(1);
    few.getCorruptionBuilder().getInputsBuilder().getOtherBuilder().setTrainSize(4);
    Map<List<Float>, Integer> times = new HashMap<>();
    plan(few).train().forEach(example -> times.merge(values(example), 1, Integer::sum));
    assertThat(times).hasSize(4);
    assertThat(times.values()).allMatch(count -> count == 6 || count == 7);
  }

  @Test
  void openSet_otherShape_isRefused() {
    VariantSpec.Builder pooled = openSet(1);
    pooled.getDatasetBuilder().setPooling(2);
    assertThatThrownBy(() -> plan(pooled))
        .isInstanceOf(DatasetException.class)
        .hasMessage("must have images of 14 x 14, as the dataset has, were 28 x 28");
  }

  private static List<Float> values(Example example) {
    List<Float> values = new java.util.ArrayList<>();
    for (float value : example.input()) {
      values.add(value);
    }
    return values;
  }

  private static VariantSpec.Builder repeated(RepeatedExamples.Of of, double share, int times) {
    VariantSpec.Builder spec = strokes(500);
    spec.getCorruptionBuilder()
        .getLabelsBuilder()
        .setRule(LabelCorruption.Rule.RANDOM_OTHER)
        .setLevel(0.2);
    spec.getCorruptionBuilder().getRepeatedBuilder().setOf(of).setShare(share).setTimes(times);
    return spec;
  }

  @ParameterizedTest
  @ValueSource(strings = {"ANY", "CORRUPTED", "CLEAN"})
  void repeated_shareOfAKind_copiesAfterAll(String name) {
    RepeatedExamples.Of of = RepeatedExamples.Of.valueOf(name);
    List<Example> train = plan(repeated(of, 0.25, 4)).train();
    int chosen =
        switch (of) {
          case CORRUPTED -> 25;
          case CLEAN -> 100;
          default -> 125;
        };
    assertThat(train).hasSize(500 + 3 * chosen);
    VariantSpec.Builder once = repeated(of, 0.25, 4);
    once.getCorruptionBuilder().clearRepeated();
    List<Example> without = plan(once).train();
    Map<Long, Integer> times = new HashMap<>();
    for (int i = 0; i < train.size(); i++) {
      Example example = train.get(i);
      times.merge(example.source(), 1, Integer::sum);
      Example original = without.get((int) (example.source() - without.get(0).source()));
      assertThat(example.label()).isEqualTo(original.label());
      assertThat(example.mask() & Shard.CORRUPTED).isEqualTo(original.mask());
      assertThat(example.input()).isEqualTo(original.input());
      if (i >= 500) {
        assertThat(example.is(Shard.REPEATED)).isTrue();
        assertThat(
                of == RepeatedExamples.Of.ANY
                    || treated(example) == (of != RepeatedExamples.Of.CLEAN))
            .isTrue();
      }
    }
    for (Example example : train) {
      assertThat(times.get(example.source())).isEqualTo(example.is(Shard.REPEATED) ? 4 : 1);
    }
  }

  @Test
  void repeated_listed_theseAlone() {
    VariantSpec.Builder spec = strokes(100);
    spec.getCorruptionBuilder()
        .getRepeatedBuilder()
        .setTimes(10)
        .addSourceIndices(57)
        .addSourceIndices(149);
    List<Example> train = plan(spec).train();
    assertThat(train).hasSize(118);
    assertThat(train.subList(100, 118).stream().map(Example::source)).containsOnly(57L, 149L);
    spec.getCorruptionBuilder().getRepeatedBuilder().addSourceIndices(3);
    assertThatThrownBy(() -> plan(spec))
        .isInstanceOf(DatasetException.class)
        .hasMessage("must be examples of the training split, which has none with the index 3");
  }

  @Test
  void repeated_whereNothingIsCorrupted_isRefused() {
    VariantSpec.Builder spec = repeated(RepeatedExamples.Of.CORRUPTED, 1, 2);
    spec.getCorruptionBuilder().clearLabels();
    assertThatThrownBy(() -> plan(spec))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("repeats none of the 0 that `of` says");
  }
}
