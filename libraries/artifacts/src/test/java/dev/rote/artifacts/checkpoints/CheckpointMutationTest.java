package dev.rote.artifacts.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.rote.artifacts.Mutant;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.ObjectStoreException.Reason;
import dev.rote.artifacts.Sha256;
import dev.rote.v1.CheckpointHeader;
import dev.rote.v1.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Checkpoints that somebody changed and gave a sum that fits: they are read or refused as damaged,
 * and no header makes an array larger than its object.
 */
class CheckpointMutationTest {
  private static final int SUM_BYTES = 32;

  private static byte[] written() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CheckpointWriter.write(
        CheckpointHeader.newBuilder()
            .setTrialId("t")
            .setEpoch(3)
            .addTensors(Tensor.newBuilder().setName("a").addShape(70).addShape(2))
            .addTensors(Tensor.newBuilder().setName("b").addShape(3))
            .build(),
        (tensor, values) -> Arrays.fill(values, tensor),
        out);
    return out.toByteArray();
  }

  private static byte[] summed(byte[] content) {
    return ByteBuffer.allocate(content.length + SUM_BYTES)
        .put(content)
        .put(Sha256.of(ByteBuffer.wrap(content)))
        .array();
  }

  @Test
  void read_mutatedAndSummedAnew_isReadOrDamaged() throws IOException {
    byte[] whole = written();
    byte[] content = Arrays.copyOf(whole, whole.length - SUM_BYTES);
    assertThat(summed(content)).isEqualTo(whole);
    SplittableRandom random = new SplittableRandom(21);
    int refused = 0;
    for (int i = 0; i < Mutant.COUNT; i++) {
      byte[] bytes = summed(Mutant.of(content, random));
      try (CheckpointReader reader =
          new CheckpointReader("c", new ByteArrayInputStream(bytes), bytes.length)) {
        reader.verify();
      } catch (ObjectStoreException e) {
        assertThat(e.reason()).as(e.getMessage()).isEqualTo(Reason.DAMAGED);
        assertThat(String.valueOf(e.getMessage()).length()).isLessThan(600);
        refused++;
      } catch (RuntimeException | Error e) {
        fail("mutant " + i + ": " + Arrays.toString(bytes), e);
      }
    }
    assertThat(refused).isBetween(Mutant.COUNT / 5, Mutant.COUNT - 1);
  }
}
