package dev.rote.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of weights that were changed at random: what comes out is what is there, or the reader's
 * own refusal, and no array is larger than its file can hold. A thousand changes a format; {@code
 * -Drote.mutations=100000} tries more.
 */
class WeightFileMutationTest {
  private static final int MUTATIONS = Integer.getInteger("rote.mutations", 1000);

  @TempDir Path folder;
  private final SplittableRandom random = new SplittableRandom(18);
  private int refused;
  private int accepted;

  /** Flips, sets, cuts, doubles or grows parts; digits become other digits. */
  private byte[] mutated(byte[] original) {
    byte[] bytes = original.clone();
    for (int change = random.nextInt(1, 4); change > 0 && bytes.length > 0; change--) {
      int at = random.nextInt(bytes.length);
      int digit = digit(bytes, at);
      switch (random.nextInt(8)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) 0xFF);
        case 3 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) 0);
        case 4 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
        case 5 -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(1, 40));
        default -> bytes[digit] = (byte) ('0' + random.nextInt(10));
      }
    }
    return bytes;
  }

  /** The next place of a digit, or the place itself. */
  private static int digit(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] >= '0' && bytes[i] <= '9') {
        return i;
      }
    }
    return from;
  }

  private void mutate(byte[] original) throws IOException {
    Path path = folder.resolve("weights");
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] bytes = mutated(original);
      Files.write(path, bytes);
      try (WeightFile file = WeightFile.open("mine", path)) {
        for (int a = 0; a < file.arrays().size(); a++) {
          WeightArray array = file.arrays().get(a);
          assertThat(array.bytes()).isLessThanOrEqualTo(1032L * bytes.length);
          if (array.type() == ArrayType.F32) {
            assertThat(file.floats(a)).hasSize(array.length());
          }
        }
        accepted++;
      } catch (WeightFileException e) {
        assertThat(e).hasMessageStartingWith("mine ");
        assertThat(String.valueOf(e.getMessage()).length()).isLessThan(600);
        refused++;
      } catch (RuntimeException | Error e) {
        fail("on " + Arrays.toString(Arrays.copyOf(bytes, Math.min(bytes.length, 1000))), e);
      }
    }
    assertThat(refused).as("refused").isGreaterThan(MUTATIONS / 4);
    assertThat(accepted).as("accepted").isGreaterThan(MUTATIONS / 500);
  }

  @Test
  void safetensors() throws IOException {
    mutate(WeightFilesTest.written(WeightFormat.SAFETENSORS));
  }

  @Test
  void npz() throws IOException {
    mutate(WeightFilesTest.written(WeightFormat.NPZ));
  }

  @Test
  void npzDeflated() throws IOException {
    byte[] text =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 50), }      \n"
            .getBytes(StandardCharsets.US_ASCII);
    ByteBuffer npy =
        ByteBuffer.allocate(10 + text.length + 600)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
            .putShort((short) text.length)
            .put(text);
    for (int i = 0; i < 150; i++) {
      npy.putFloat(i % 7);
    }
    mutate(WeightFilesTest.zip("a.npy", npy.array(), true));
  }
}
