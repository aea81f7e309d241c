package dev.rote.corruption.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxSourceTest {
  @TempDir Path directory;

  private Path file(String name, byte[] bytes) throws IOException {
    return TestFiles.write(directory.resolve(name), bytes);
  }

  private static void damaged(ThrowingCallable call, String... parts) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            DatasetException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(DatasetException.Reason.DAMAGED);
              assertThat(e.facts()).containsKeys("expected", "actual");
            })
        .message()
        .contains(parts);
  }

  @Test
  void open_goodPair_examplesByIndex() throws IOException {
    Path images = file("i", TestFiles.images(7, 2, 3));
    Path labels = file("l", TestFiles.labels(7));
    try (IdxSource source = IdxSource.open(images, labels, 0)) {
      assertThat(source.size()).isEqualTo(7);
      assertThat(source.classes()).isEqualTo(3);
      assertThat(source.shape()).isEqualTo(new ImageShape(1, 2, 3));
      byte[] image = new byte[6];
      source.read(4, image);
      assertThat(image).containsExactly(24, 25, 26, 27, 28, 29);
      assertThat(source.label(4)).isEqualTo(1);
    }
  }

  @Test
  void open_fourDimensions_channels() throws IOException {
    Path images = file("i", TestFiles.idx(new byte[24], 2, 3, 2, 2));
    try (IdxSource source = IdxSource.open(images, file("l", TestFiles.labels(2)), 0)) {
      assertThat(source.shape()).isEqualTo(new ImageShape(3, 2, 2));
    }
  }

  @Test
  void open_damagedFiles_refusedWithExpectedAndActual() throws IOException {
    byte[] good = TestFiles.images(5, 2, 2);
    Path labels = file("l", TestFiles.labels(5));
    Path cut = file("cut", Arrays.copyOf(good, good.length - 1));
    damaged(() -> IdxSource.open(cut, labels, 0), "size", "36", "35");
    Path lonely = file("lonely", new byte[] {0, 0, 8});
    damaged(() -> IdxSource.open(lonely, labels, 0), "size", "3");
    byte[] flipped = good.clone();
    flipped[2] ^= 1;
    Path magic = file("magic", flipped);
    damaged(() -> IdxSource.open(magic, labels, 0), "magic number", "0x00000903");
    byte[] negative = good.clone();
    negative[4] = (byte) 0x80;
    Path count = file("count", negative);
    damaged(() -> IdxSource.open(count, labels, 0), "dimension 0", "2147483653");
    byte[] huge = good.clone();
    huge[9] = 1;
    huge[13] = 1;
    Path large = file("large", huge);
    damaged(() -> IdxSource.open(large, labels, 0), "values of one image");
    Path images = file("images", good);
    Path few = file("few", TestFiles.labels(4));
    damaged(() -> IdxSource.open(images, few, 0), "number of labels", "5", "4");
    damaged(() -> IdxSource.open(images, labels, 2), "largest label", "2");
    damaged(() -> IdxSource.open(labels, images, 0), "magic number");
  }
}
