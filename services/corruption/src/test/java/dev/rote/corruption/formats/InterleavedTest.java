package dev.rote.corruption.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InterleavedTest {
  private static final int[][] ORDERS = {
    {0, 1, 2}, {2, 1, 0}, {1, 2, 0}, {0, 2, 1}, {1, 0, 2}, {2, 0, 1}
  };

  @Test
  void apart_coloursOfAnyWidth_asOneByOne() {
    SplittableRandom random = new SplittableRandom(3);
    for (int width = 1; width <= 40; width++) {
      int height = 1 + random.nextInt(4);
      int offset = random.nextInt(5);
      int rowStride = 3 * width + random.nextInt(4);
      byte[] data = bytes(random, offset + height * rowStride);
      int[] order = ORDERS[random.nextInt(ORDERS.length)];
      check(new Interleaved(data, offset, rowStride, 3, order), height, width, 3);
    }
  }

  @Test
  void apart_everyOrderOfColours_asOneByOne() {
    byte[] data = bytes(new SplittableRandom(4), 3 * 19 * 2);
    for (int[] order : ORDERS) {
      check(new Interleaved(data, 0, 3 * 19, 3, order), 2, 19, 3);
    }
  }

  @Test
  void apart_greyAndTransparent_asOneByOne() {
    byte[] data = bytes(new SplittableRandom(5), 4 * 21 * 3);
    check(new Interleaved(data, 0, 21, 1, new int[] {0}), 3, 21, 1);
    check(new Interleaved(data, 0, 2 * 21, 2, new int[] {0, 1}), 3, 21, 1);
    check(new Interleaved(data, 0, 4 * 21, 4, new int[] {3, 2, 1, 0}), 3, 21, 3);
  }

  private static byte[] bytes(SplittableRandom random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static void check(Interleaved of, int height, int width, int channels) {
    byte[] planes = new byte[channels * height * width];
    of.apart(height, width, channels, planes);
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int at = of.offset() + y * of.rowStride() + x * of.pixelStride() + of.bandOffsets()[c];
          assertThat(planes[(c * height + y) * width + x])
              .as("channel %s, row %s, column %s of %s", c, y, x, width)
              .isEqualTo(of.data()[at]);
        }
      }
    }
  }
}
