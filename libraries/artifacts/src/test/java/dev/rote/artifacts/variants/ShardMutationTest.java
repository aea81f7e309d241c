package dev.rote.artifacts.variants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.rote.artifacts.Mutant;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.ObjectStoreException.Reason;
import dev.rote.v1.VariantManifest.Encoding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Shards that somebody changed are read to their end, or refused as damaged. */
class ShardMutationTest {

  private static byte[] shard(Encoding encoding) {
    ShardLayout layout = new ShardLayout(7, 12, encoding);
    ByteBuffer bytes = ByteBuffer.allocate(layout.sizeBytes()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(0, ShardLayout.MAGIC);
    bytes.putInt(8, layout.examples());
    bytes.putInt(12, layout.values());
    bytes.putInt(16, encoding.getNumber());
    return bytes.array();
  }

  @ParameterizedTest
  @EnumSource(
      value = Encoding.class,
      names = {"UINT8", "FLOAT32"})
  void of_mutated_isReadOrDamaged(Encoding encoding) {
    byte[] original = shard(encoding);
    SplittableRandom random = new SplittableRandom(21);
    int read = 0;
    long seen = 0;
    for (int i = 0; i < Mutant.COUNT; i++) {
      byte[] bytes = Mutant.of(original, random);
      try {
        Shard shard = Shard.of(ByteBuffer.wrap(bytes), "s");
        float[] input = new float[shard.values()];
        for (int example = 0; example < shard.examples(); example++) {
          shard.input(example, input, 0);
          seen += shard.label(example);
          seen += shard.originalLabel(example);
          seen += shard.sourceIndex(example);
          seen += shard.mask(example);
        }
        read++;
      } catch (ObjectStoreException e) {
        assertThat(e.reason()).as(e.getMessage()).isEqualTo(Reason.DAMAGED);
      } catch (RuntimeException | Error e) {
        fail("mutant " + i + ": " + Arrays.toString(bytes), e);
      }
    }
    assertThat(read).isBetween(1, Mutant.COUNT - 1);
    assertThat(seen).isNotZero();
  }
}
