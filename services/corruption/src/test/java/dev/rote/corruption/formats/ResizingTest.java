package dev.rote.corruption.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rote.corruption.datasets.DatasetException;
import dev.rote.corruption.datasets.DatasetException.Reason;
import org.junit.jupiter.api.Test;

class ResizingTest {
  private static final String PLACE = "row 7 of x.parquet";

  private static Picture picture(int height, int width) {
    return new Picture(1, height, width, new byte[height * width]);
  }

  private static void refused(Resizing resizing, Picture picture, long mostBytes) {
    assertThatThrownBy(() -> resizing.apply(picture, PLACE, mostBytes))
        .isInstanceOfSatisfying(
            DatasetException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED))
        .hasMessageStartingWith(
            "brings row 7 of x.parquet from %d x %d to %d x %d pixels, which takes"
                .formatted(picture.height(), picture.width(), resizing.height(), resizing.width()))
        .hasMessageContaining("has room for " + mostBytes + ": make the picture smaller");
  }

  @Test
  void apply_withinTheMemory_isOfTheSize() {
    Picture small = new Resizing(4, 4, false).apply(picture(8, 6), PLACE, 10_000);
    assertThat(small.height()).isEqualTo(4);
    assertThat(small.levels()).hasSize(16);
  }

  @Test
  void apply_sizeBeyondTheMemory_refused() {
    refused(new Resizing(40_000, 40_000, false), picture(2, 2), 48 << 20);
  }

  /** What lies between is as high as the picture and as wide as the size: 4 GB here. */
  @Test
  void apply_highPictureMadeWide_refused() {
    refused(new Resizing(4, 4_096, false), picture(1_000_000, 1), 48 << 20);
  }

  /** Each column has a weight of its own: 16 bytes a pixel. */
  @Test
  void apply_widePictureMadeNarrow_refusedForItsWeights() {
    refused(new Resizing(1, 1, false), picture(1, 4_000_000), 48 << 20);
  }
}
