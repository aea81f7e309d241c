package dev.rote.cli.adversarial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rote.cli.CommandFailure;
import dev.rote.v1.Shape;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdxImagesTest {
  @TempDir Path folder;

  private static byte[] bytes(int magic, int[] dimensions, int... values) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(magic);
    for (int dimension : dimensions) {
      out.writeInt(dimension);
    }
    for (int value : values) {
      out.writeByte(value);
    }
    return bytes.toByteArray();
  }

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  @Test
  void open_unsignedBytes_areDividedBy255() throws IOException {
    Path file = file("images", bytes(0x803, new int[] {3, 1, 2}, 0, 255, 51, 102, 255, 0));

    try (IdxImages images = IdxImages.open(file, 1, 1)) {
      ExampleBlock block = images.next();
      assertThat(block.shape())
          .isEqualTo(Shape.newBuilder().setChannels(1).setHeight(1).setWidth(2).build());
      assertThat(Pixels.of(block.input(0))).containsExactly(0.2f, 0.4f);
      assertThat(images.hasNext()).isFalse();
    }
  }

  @Test
  void open_gzipped_isUnpacked() throws IOException {
    Path file = folder.resolve("images.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(bytes(0x804, new int[] {1, 3, 1, 1}, 0, 51, 255));
    }

    try (IdxImages images = IdxImages.open(file, 0, 0)) {
      ExampleBlock block = images.next();
      assertThat(block.shape().getChannels()).isEqualTo(3);
      assertThat(Pixels.of(block.inputs())).containsExactly(0f, 0.2f, 1f);
    }
  }

  @Test
  void next_manyImages_comeInBlocksOfAtMostOneMebibyte() throws IOException {
    Path file = file("images", bytes(0x803, new int[] {400, 28, 28}, new int[400 * 784]));

    try (IdxImages images = IdxImages.open(file, 0, 0)) {
      ExampleBlock first = images.next();
      ExampleBlock second = images.next();
      assertThat(first.inputs().size()).isLessThanOrEqualTo(1 << 20);
      assertThat(first.count() + second.count()).isEqualTo(400);
      assertThat(images.hasNext()).isFalse();
    }
  }

  @Test
  void open_labelFile_isRefused() throws IOException {
    Path file = file("labels", bytes(0x801, new int[] {2}, 1, 2));

    assertThatThrownBy(() -> IdxImages.open(file, 0, 0))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("no IDX file of images: it begins with 00000801");
  }

  @Test
  void next_truncated_saysHowManyWereDue() throws IOException {
    Path file = file("images", bytes(0x803, new int[] {3, 1, 2}, 0, 1, 2));

    try (IdxImages images = IdxImages.open(file, 0, 0)) {
      assertThatThrownBy(images::next)
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining("cut short: it says that it has 3 images");
    }
  }

  @Test
  void open_offsetBeyondTheEnd_isRefused() throws IOException {
    Path file = file("images", bytes(0x803, new int[] {3, 1, 1}, 0, 1, 2));

    assertThatThrownBy(() -> IdxImages.open(file, 3, 0))
        .hasMessageContaining("has 3 images: none from 3 on");
  }

  @Test
  void open_absurdSide_isRefused() throws IOException {
    Path file = file("images", bytes(0x803, new int[] {1, -1, 2}));

    assertThatThrownBy(() -> IdxImages.open(file, 0, 0))
        .hasMessageContaining("4294967295 rows, must be in [1, 4096]");
  }

  @Test
  void open_emptyFile_isRefused() throws IOException {
    Path file = file("images", new byte[0]);

    assertThatThrownBy(() -> IdxImages.open(file, 0, 0)).hasMessageContaining("is damaged");
  }
}
