package dev.rote.corruption.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rote.corruption.datasets.DatasetException;
import dev.rote.corruption.datasets.DatasetException.Reason;
import dev.rote.corruption.datasets.NamedFile;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PictureDecoderTest {
  private static final NamedFile FILE =
      new NamedFile("x.parquet", Path.of("x"), "files.train.path");
  private static final String PLACE = "row 7 of x.parquet";

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, "png", bytes)).isTrue();
    return bytes.toByteArray();
  }

  /** Eight bytes a pixel, and hardly any in the file. */
  private static byte[] deepBlack(int side) throws IOException {
    ColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            true,
            false,
            ColorModel.TRANSLUCENT,
            DataBuffer.TYPE_USHORT);
    return png(
        new BufferedImage(model, model.createCompatibleWritableRaster(side, side), false, null));
  }

  private static Picture decoded(byte[] bytes, long mostBytes) {
    try (PictureDecoder decoder = new PictureDecoder(new DecodingRoom(mostBytes))) {
      return decoder.decode(bytes, FILE, PLACE);
    }
  }

  @Test
  void decode_moreThanTheMemoryHasRoomFor_refusedBeforeAnythingIsDecoded() throws IOException {
    byte[] bytes = deepBlack(256);
    assertThat(decoded(bytes, 2 * 8 * 256 * 256).height()).isEqualTo(256);
    /* Nothing but the header: whoever decoded it would find the rest missing. */
    byte[] header = Arrays.copyOf(bytes, bytes.length / 2);
    assertThatThrownBy(() -> decoded(header, 2 * 8 * 256 * 256 - 1))
        .isInstanceOfSatisfying(
            DatasetException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.REFUSED);
              assertThat(e.subject()).isEqualTo("files.train.path");
            })
        .hasMessage(
            "x.parquet has a picture of 256 x 256 pixels in row 7 of x.parquet: decoding it takes"
                + " 1048576 bytes, and the memory of this service has room for 1048575: make it"
                + " smaller, or give the service more memory (-Xmx)");
  }

  @Test
  void decode_palette_countsItsColours() throws IOException {
    byte[] bytes = png(new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_INDEXED));
    assertThat(decoded(bytes, 2 * 3 * 64 * 64).width()).isEqualTo(64);
    assertThatThrownBy(() -> decoded(bytes, 2 * 3 * 64 * 64 - 1))
        .hasMessageContaining("takes 24576 bytes");
  }
}
