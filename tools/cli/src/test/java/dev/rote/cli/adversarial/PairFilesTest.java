package dev.rote.cli.adversarial;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.rote.v1.CriticalSample;
import dev.rote.v1.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PairFilesTest {
  private static final Shape GREY =
      Shape.newBuilder().setChannels(1).setHeight(1).setWidth(2).build();

  @TempDir Path folder;

  private static ByteString floats(float... values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    return ByteString.copyFrom(buffer);
  }

  private static Outcome outcome(long index, ByteString original, ByteString adversarial) {
    return new Outcome(
        GREY,
        original,
        -1,
        CriticalSample.newBuilder().setIndex(index).setAdversarial(adversarial).build());
  }

  @Test
  void write_pairs_arePngAndExactIdx() throws IOException {
    int pairs =
        new PairFiles(folder)
            .write(
                List.of(
                    outcome(0, floats(0, 1), ByteString.EMPTY),
                    outcome(1, floats(0.2f, 1), floats(0.4f, 0.9988f))));

    assertThat(pairs).isEqualTo(1);
    BufferedImage png = ImageIO.read(folder.resolve("000001-adversarial.png").toFile());
    assertThat(png.getRaster().getSample(0, 0, 0)).isEqualTo(102);
    assertThat(png.getRaster().getSample(1, 0, 0)).isEqualTo(255);
    assertThat(folder.resolve("000000-original.png")).doesNotExist();

    try (IdxImages back = IdxImages.open(folder.resolve("adversarials.idx"), 0, 0, true)) {
      assertThat(Pixels.of(back.next().inputs())).containsExactly(0.4f, 0.9988f);
    }
    assertThat(Files.size(folder.resolve("originals.idx"))).isEqualTo(20 + 8);
  }

  @Test
  void image_threeChannels_areColours() {
    Shape colour = Shape.newBuilder().setChannels(3).setHeight(1).setWidth(1).build();

    assertThat(PairFiles.image(colour, new float[] {1, 0, 0.2f}).getRGB(0, 0))
        .isEqualTo(0xFFFF0033);
  }

  @Test
  void largestChange_isInGreyLevels() {
    assertThat(outcome(0, floats(0, 1), floats(0, 0.5f)).largestChange()).isEqualTo(127.5);
    assertThat(outcome(0, floats(0, 1), ByteString.EMPTY).largestChange()).isNaN();
  }
}
