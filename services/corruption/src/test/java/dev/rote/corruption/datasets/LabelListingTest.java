package dev.rote.corruption.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rote.corruption.formats.LabelListing;
import dev.rote.v1.LabelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelListingTest {
  private static final LabelListing.Known ANIMALS =
      new LabelListing.Known(2, List.of("cat", "dog"));
  @TempDir Path directory;

  private int[] read(String text, LabelFile wanted, LabelListing.Known classes) throws IOException {
    Path file = Files.writeString(directory.resolve("noisy.csv"), text);
    NamedFile named = new NamedFile("noisy.csv", file, "labels.file");
    return LabelListing.read(named, wanted, 4, classes, Map::of);
  }

  @Test
  void read_namesOfClasses_areTheirNumbers() throws IOException {
    String text = "index,noisy\n3,cat\n2,1\n1, dog\n0,0\n";
    LabelFile wanted = LabelFile.newBuilder().setIndexColumn("index").build();
    assertThat(read(text, wanted, ANIMALS)).containsExactly(0, 1, 1, 0);
  }

  @Test
  void read_nameOfNoClass_saysWhichThereAre() {
    LabelFile wanted = LabelFile.newBuilder().setIndexColumn("index").build();
    assertThatThrownBy(() -> read("index,noisy\n0,bird\n", wanted, ANIMALS))
        .hasMessage(
            "noisy.csv has the label \"bird\" in row 0 (line 2): labels must be classes of the"
                + " dataset, by name (cat, dog) or by number, 0 to 1");
  }

  /** A class that is called 2 and is the first: a number is a number. */
  @Test
  void read_classesCalledByNumbers_areThoseOfTheNumbers() throws IOException {
    LabelListing.Known numbers = new LabelListing.Known(2, List.of("1", "0"));
    assertThat(read("0\n1\n1\n0\n", LabelFile.getDefaultInstance(), numbers))
        .containsExactly(0, 1, 1, 0);
  }

  @Test
  void read_severalColumns_proposesTheLast() {
    assertThatThrownBy(() -> read("idx,noisy\n0,1\n", LabelFile.getDefaultInstance(), ANIMALS))
        .hasMessageContaining("such as `column: 'noisy'`");
  }
}
