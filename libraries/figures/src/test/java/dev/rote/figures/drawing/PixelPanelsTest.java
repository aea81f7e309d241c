package dev.rote.figures.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.rote.v1.Figure;
import dev.rote.v1.HeatMap;
import dev.rote.v1.ImageGrid;
import dev.rote.v1.Panel;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Heat maps and images: every pixel is what it was. */
class PixelPanelsTest {
  private final FigureImages images = new FigureImages();

  /** Cells of the picture have the colours of the matrix, and no seam between them. */
  @Test
  void shouldPaintHeatMapsWithoutSeams() throws Exception {
    HeatMap.Builder map = HeatMap.newBuilder();
    for (int i = 0; i < 4; i++) {
      map.addRows("r" + i).addColumns("c" + i);
      for (int j = 0; j < 4; j++) {
        map.addValues(i == j ? 100 : 1);
      }
    }
    Figure figure =
        Figure.newBuilder()
            .setName("diagonal")
            .setTitle("Diagonal")
            .addPanels(Panel.newBuilder().setHeatMap(map))
            .build();
    String svg = images.svg(figure);
    assertThat(svg).contains(">r3<", ">c3<", ">10<", ">100<", "image-rendering:pixelated");
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(images.png(figure)));
    Map<Integer, Long> colours = new HashMap<>();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        colours.merge(image.getRGB(x, y) & 0xffffff, 1L, Long::sum);
      }
    }
    long dark = colours.getOrDefault(0x440154, 0L);
    long light = colours.getOrDefault(0xfde725, 0L);
    /* 12 cells against 4; the bar and the frame are a small part of either. */
    assertThat(dark / (double) light).isBetween(2.9, 3.1);
  }

  @Test
  void shouldShareTheColourScaleOfAFigure() {
    Figure figure = SampleFigures.classMatrices();
    ColourScale scale = ColourScale.of(figure);
    assertThat(scale.colour(scale.range().high())).isEqualTo(0xfde725);
    assertThat(scale.colour(scale.range().low())).isEqualTo(0x440154);
    assertThat(scale.colour(0)).isEqualTo(ColourScale.NO_VALUE);
    assertThat(scale.colour(Double.NaN)).isEqualTo(ColourScale.NO_VALUE);
    double middle = Math.sqrt(scale.range().low() * scale.range().high());
    assertThat(scale.colour(middle)).isEqualTo(0x21918c);
  }

  /** Every pixel of the images, as the drawing carries them. */
  @Test
  void shouldCarryImagesUnchanged() throws Exception {
    byte[] pixels = {(byte) 255, 0, 0, 0, (byte) 255, 0, 0, 0, (byte) 255, 10, 20, 30};
    ImageGrid grid =
        ImageGrid.newBuilder()
            .setColumns(8)
            .setHeight(1)
            .setWidth(2)
            .setChannels(3)
            .setPixels(ByteString.copyFrom(pixels))
            .build();
    String svg =
        images.svg(
            Figure.newBuilder()
                .setName("two-images")
                .setTitle("Two images")
                .addPanels(Panel.newBuilder().setImages(grid))
                .build());
    List<BufferedImage> carried = new ArrayList<>();
    Matcher matcher = Pattern.compile("data:image/png;base64,([^\"]+)").matcher(svg);
    while (matcher.find()) {
      carried.add(
          ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(matcher.group(1)))));
    }
    assertThat(carried).hasSize(2);
    int last = carried.get(0).getWidth() - 1;
    assertThat(carried.get(0).getRGB(0, 0) & 0xffffff).isEqualTo(0xff0000);
    assertThat(carried.get(0).getRGB(last, 0) & 0xffffff).isEqualTo(0x00ff00);
    assertThat(carried.get(1).getRGB(0, 0) & 0xffffff).isEqualTo(0x0000ff);
    assertThat(carried.get(1).getRGB(last, 0) & 0xffffff).isEqualTo(0x0a141e);
  }
}
