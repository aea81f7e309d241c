package dev.rote.corruption.variants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rote.artifacts.variants.Shard;
import dev.rote.corruption.datasets.DatasetException;
import dev.rote.corruption.variants.PlannedVariant.Example;
import dev.rote.v1.LabelCorruption;
import dev.rote.v1.VariantSpec;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Examples of a class that does not exist, among the ten of strokes. */
class ThresholdClassTest {
  @TempDir static Path directory;

  private static VariantSpec.Builder strokes(int train, int part) {
    VariantSpec.Builder spec = VariantSpec.newBuilder();
    spec.getDatasetBuilder().setName("strokes").setTrainSize(train).setValidationSize(100);
    spec.getCorruptionBuilder().setCorruptValidation(true).getThresholdClassBuilder().setPart(part);
    return spec;
  }

  private static PlannedVariant plan(VariantSpec.Builder spec) {
    return PlannedVariant.of(spec.build(), null, directory);
  }

  private static Set<Long> chosen(PlannedVariant variant) {
    return variant.train().stream()
        .filter(example -> example.is(Shard.THRESHOLD_CLASS))
        .map(Example::source)
        .collect(Collectors.toSet());
  }

  @Test
  void plan_everyEleventhExample_hasTheEleventhClass() {
    PlannedVariant variant = plan(strokes(1000, 1));
    assertThat(variant.classes()).isEqualTo(11);
    assertThat(chosen(variant)).hasSize(90);
    for (Example example : variant.train()) {
      boolean threshold = example.is(Shard.THRESHOLD_CLASS);
      assertThat(example.mask())
          .isEqualTo(threshold ? Shard.LABEL_TREATED | Shard.THRESHOLD_CLASS : 0);
      assertThat(example.label()).isEqualTo(threshold ? 10 : example.original());
      assertThat(example.original()).isBetween(0, 9);
    }
    assertThat(variant.validation()).allMatch(example -> example.mask() == 0);
  }

  /** Two trials judge every example: none is of the class in both. */
  @Test
  void plan_otherPart_disjointAndAsMany() {
    Set<Long> first = chosen(plan(strokes(1000, 1)));
    Set<Long> second = chosen(plan(strokes(1000, 2)));
    assertThat(second).hasSize(90).doesNotContainAnyElementsOf(first);
  }

  @Test
  void plan_otherSeed_otherExamples() {
    VariantSpec.Builder other = strokes(1000, 1);
    other.getCorruptionBuilder().setSeed(2);
    Set<Long> both = chosen(plan(strokes(1000, 1)));
    both.retainAll(chosen(plan(other)));
    /* 90 * 90 / 1000 are expected, with a deviation of 2.6. */
    assertThat(both).hasSizeBetween(0, 20);
  }

  /** Wrong labels are those that they are without the class, but for its examples. */
  @Test
  void plan_besideWrongLabels_leavesTheOthersAsTheyAre() {
    VariantSpec.Builder noisy = strokes(1000, 2);
    noisy
        .getCorruptionBuilder()
        .getLabelsBuilder()
        .setRule(LabelCorruption.Rule.RANDOM_OTHER)
        .setLevel(0.3);
    VariantSpec.Builder alone = noisy.clone();
    alone.getCorruptionBuilder().clearThresholdClass();
    PlannedVariant with = plan(noisy);
    PlannedVariant without = plan(alone);
    assertThat(without.classes()).isEqualTo(10);
    for (int i = 0; i < 1000; i++) {
      Example example = with.train().get(i);
      if (!example.is(Shard.THRESHOLD_CLASS)) {
        assertThat(example.label()).isEqualTo(without.train().get(i).label());
        assertThat(example.mask()).isEqualTo(without.train().get(i).mask());
      }
    }
    assertThat(chosen(with)).isEqualTo(chosen(plan(strokes(1000, 2))));
  }

  @Test
  void plan_tooFewExamplesForOneOfTheClass_isRefused() {
    assertThat(chosen(plan(strokes(11, 1)))).hasSize(1);
    assertThatThrownBy(() -> plan(strokes(10, 1)))
        .isInstanceOf(DatasetException.class)
        .hasMessage(
            "must be more than the number of classes, 10, so that an example has the threshold"
                + " class, was 10");
  }
}
