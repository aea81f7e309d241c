package dev.rote.cli.adversarial;

import com.google.protobuf.ByteString;
import dev.rote.v1.Shape;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * Adversarial examples beside their originals, as files.
 *
 * <p>{@code <index>-original.png} and {@code <index>-adversarial.png} are for the eye: eight bits a
 * pixel, which rounds most changes away. {@code originals.idx} and {@code adversarials.idx} hold
 * the exact values, float32 [n, channels, rows, columns] in the order of the indices.
 */
public final class PairFiles {
  private static final int IDX_FLOAT32_4D = 0x00000D04;

  private final Path folder;

  public PairFiles(Path folder) {
    this.folder = folder;
  }

  /** Writes the outcomes with an adversarial example; the number of pairs. */
  public int write(List<Outcome> outcomes) throws IOException {
    Files.createDirectories(folder);
    List<Outcome> found =
        outcomes.stream().filter(outcome -> !outcome.sample().getAdversarial().isEmpty()).toList();
    for (Outcome outcome : found) {
      String index = String.format(Locale.ROOT, "%06d", outcome.sample().getIndex());
      png(index + "-original.png", outcome.shape(), outcome.original());
      png(index + "-adversarial.png", outcome.shape(), outcome.sample().getAdversarial());
    }
    if (!found.isEmpty()) {
      Shape shape = found.get(0).shape();
      idx("originals.idx", shape, found.stream().map(Outcome::original).toList());
      idx(
          "adversarials.idx",
          shape,
          found.stream().map(outcome -> outcome.sample().getAdversarial()).toList());
    }
    return found.size();
  }

  private void png(String name, Shape shape, ByteString input) throws IOException {
    ImageIO.write(image(shape, Pixels.of(input)), "png", folder.resolve(name).toFile());
  }

  /** Three channels as colours; any other number as grey planes, one below the other. */
  static BufferedImage image(Shape shape, float[] values) {
    int height = shape.getHeight();
    int width = shape.getWidth();
    int plane = height * width;
    if (shape.getChannels() == 3) {
      BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      for (int i = 0; i < plane; i++) {
        int rgb =
            Pixels.grey(values[i]) << 16
                | Pixels.grey(values[plane + i]) << 8
                | Pixels.grey(values[2 * plane + i]);
        image.setRGB(i % width, i / width, rgb);
      }
      return image;
    }
    BufferedImage image =
        new BufferedImage(width, height * shape.getChannels(), BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < values.length; i++) {
      image.getRaster().setSample(i % width, i / width, 0, Pixels.grey(values[i]));
    }
    return image;
  }

  private void idx(String name, Shape shape, List<ByteString> inputs) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(Files.newOutputStream(folder.resolve(name))))) {
      out.writeInt(IDX_FLOAT32_4D);
      out.writeInt(inputs.size());
      out.writeInt(shape.getChannels());
      out.writeInt(shape.getHeight());
      out.writeInt(shape.getWidth());
      for (ByteString input : inputs) {
        for (float value : Pixels.of(input)) {
          out.writeFloat(value);
        }
      }
    }
  }
}
