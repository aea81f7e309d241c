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

    try (IdxImages images = IdxImages.open(file, 1, 1, false)) {
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

    try (IdxImages images = IdxImages.open(file, 0, 0, false)) {
      ExampleBlock block = images.next();
      assertThat(block.shape().getChannels()).isEqualTo(3);
      assertThat(Pixels.of(block.inputs())).containsExactly(0f, 0.2f, 1f);
    }
  }

  @Test
  void next_manyImages_comeInBlocksOfAtMostOneMebibyte() throws IOException {
    Path file = file("images", bytes(0x803, new int[] {400, 28, 28}, new int[400 * 784]));

    try (IdxImages images = IdxImages.open(file, 0, 0, false)) {
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

    assertThatThrownBy(() -> IdxImages.open(file, 0, 0, false))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining(
            "has 1 dimension, images have 3 [n, rows, columns] or 4 [n, channels, rows, columns]: is it"
                + " a file of labels?");
  }

  @Test
  void open_lengthIsNotThatOfTheHeader_saysBoth() throws IOException {
    Path file = file("images", bytes(0x803, new int[] {3, 1, 2}, 0, 1, 2));

    assertThatThrownBy(() -> IdxImages.open(file, 0, 0, false))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(
            file
                + " should have 22 bytes by its header (3 images of 1x1x2), and it has 19: it is cut"
                + " short");
  }

  @Test
  void next_gzipOfFewer_saysSo() throws IOException {
    Path file = folder.resolve("images.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(bytes(0x803, new int[] {3, 1, 2}, 0, 1, 2));
    }
    try (IdxImages images = IdxImages.open(file, 0, 0, false)) {
      assertThatThrownBy(images::next)
          .isInstanceOf(CommandFailure.class)
          .hasMessage(file + " is cut short, or its gzip stream is damaged");
    }
  }

  private Path floats(float... values) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    for (int number : new int[] {0xD03, values.length / 4, 2, 2}) {
      out.writeInt(number);
    }
    for (float value : values) {
      out.writeFloat(value);
    }
    return file("floats", bytes.toByteArray());
  }

  @Test
  void describe_valuesOutsideTheTrainedRange_refusedWithPlaceAndWayOut() throws IOException {
    Path file = floats(0, 1, 0, 1, 0, 0, 0, 254.5f);

    assertThatThrownBy(() -> IdxImages.describe(file, 0, 0, false))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith(
            file
                + " has the value 254.5 in image 1 (row 1, column 1), and networks are trained on"
                + " values in [0, 1]. Divide grey levels by 255")
        .hasMessageContaining("--any-range");
    assertThat(IdxImages.describe(file, 0, 0, true))
        .isEqualTo(
            file + ": 2 images of 1x2x2, 32-bit floats as they are, values from 0.0 to 254.5");
    assertThat(IdxImages.describe(file, 0, 1, false)).endsWith("values from 0.0 to 1.0");
    Path negative = floats(0, 0, -0.01f, 0);
    assertThatThrownBy(() -> IdxImages.describe(negative, 0, 0, false))
        .hasMessageContaining("has the value -0.01 in image 0 (row 1, column 0)");
  }

  @Test
  void describe_notANumber_refusedWhateverTheRange() throws IOException {
    Path file = floats(0, Float.NaN, 0, 0);

    assertThatThrownBy(() -> IdxImages.describe(file, 0, 0, true))
        .hasMessageContaining("the value NaN in image 0 (row 0, column 1): values must be finite");
  }

  @Test
  void describe_bytes_saysThatTheyAreDividedAndWarnsOfBlackImages() throws IOException {
    Path bytes = file("bytes", bytes(0x803, new int[] {1, 1, 2}, 0, 255));
    assertThat(IdxImages.describe(bytes, 0, 0, false))
        .isEqualTo(
            bytes + ": 1 images of 1x1x2, unsigned bytes divided by 255, values from 0.0 to 1.0");
    Path black = file("black", bytes(0x803, new int[] {1, 1, 2}, 0, 1));
    assertThat(IdxImages.describe(black, 0, 0, false))
        .endsWith("no byte is above 1: were they in [0, 1] before they became bytes?");
  }

  @Test
  void open_otherTypesAndOrders_saidInWordsWithWhatToWrite() throws IOException {
    Path doubles = file("doubles", bytes(0xE03, new int[] {1, 1, 1}, 0, 0, 0, 0, 0, 0, 0, 0));
    assertThatThrownBy(() -> IdxImages.open(doubles, 0, 0, false))
        .hasMessageStartingWith(doubles + " holds 64-bit floats: images must be unsigned bytes");
    Path png = file("png", new byte[] {(byte) 0x89, 'P', 'N', 'G'});
    assertThatThrownBy(() -> IdxImages.open(png, 0, 0, false))
        .hasMessageContaining("is no IDX file of images: it begins with 89 50 4e 47");
    Path last = file("last", bytes(0x804, new int[] {1, 28, 28, 3}, new int[28 * 28 * 3]));
    assertThatThrownBy(() -> IdxImages.open(last, 0, 0, false))
        .hasMessageContaining("has images of 28 channels of 28 x 3 pixels. If channels come last")
        .hasMessageContaining("images.transpose(0, 3, 1, 2)");
    Path large = file("large", bytes(0x804, new int[] {1, 4, 4096, 4096}));
    assertThatThrownBy(() -> IdxImages.open(large, 0, 0, false))
        .hasMessageContaining("has images of 4x4096x4096: one may have at most 262144 values");
  }

  @Test
  void open_offsetBeyondTheEnd_isRefused() throws IOException {
    Path file = file("images", bytes(0x803, new int[] {3, 1, 1}, 0, 1, 2));

    assertThatThrownBy(() -> IdxImages.open(file, 3, 0, false))
        .hasMessageContaining("has 3 images: none from 3 on");
  }

  @Test
  void open_absurdSide_isRefused() throws IOException {
    Path file = file("images", bytes(0x803, new int[] {1, -1, 2}));

    assertThatThrownBy(() -> IdxImages.open(file, 0, 0, false))
        .hasMessageContaining("4294967295 rows, must be in [1, 4096]");
  }

  @Test
  void open_emptyFile_isRefused() throws IOException {
    Path file = file("images", new byte[0]);

    assertThatThrownBy(() -> IdxImages.open(file, 0, 0, false))
        .hasMessageContaining("is cut short");
  }
}
