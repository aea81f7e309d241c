package dev.rote.corruption.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rote.spec.DatasetFacts;
import dev.rote.v1.DatasetInfo;
import dev.rote.v1.DatasetSpec;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be written can be read, and the other way round. */
class DatasetRegistryTest {
  @TempDir private Path cache;

  private Datasets datasets() {
    return new Datasets(new DatasetFiles(null, cache, null));
  }

  @Test
  void list_namesWhatSpecificationsMayName_inTheirOrder() {
    assertThat(datasets().list())
        .extracting(DatasetInfo::getName)
        .containsExactlyElementsOf(DatasetFacts.all().stream().map(DatasetFacts::name).toList());
  }

  @Test
  void open_unknownName_isRefused() {
    assertThatExceptionOfType(DatasetException.class)
        .isThrownBy(
            () -> datasets().open(DatasetSpec.newBuilder().setName("imagenet").build()).close())
        .withMessageContaining("there is no dataset imagenet");
  }
}
