package dev.rote.artifacts.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.google.protobuf.Message;
import dev.rote.artifacts.Mutant;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.ObjectStoreException.Reason;
import dev.rote.v1.EpochRecord;
import dev.rote.v1.Measurement;
import dev.rote.v1.TrialResult;
import dev.rote.v1.VariantManifest;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Stored messages that somebody changed, with a sum that fits, with one that does not, and without:
 * they are read or refused as damaged.
 */
class MessageMutationTest {
  private final SplittableRandom random = new SplittableRandom(21);

  private <T extends Message> void mutate(StoredMessage<T> kind, String id, T message) {
    byte[] bare = message.toByteArray();
    byte[] stored = kind.toBytes(message);
    assertThat(kind.read(id, stored)).isEqualTo(message);
    int read = 0;
    for (int i = 0; i < Mutant.COUNT; i++) {
      byte[] mutant = Mutant.of(i % 3 == 0 ? stored : bare, random);
      byte[] bytes = i % 3 == 1 ? Seal.onto(mutant) : mutant;
      try {
        kind.read(id, bytes);
        read++;
      } catch (ObjectStoreException e) {
        assertThat(e.reason()).as(e.getMessage()).isEqualTo(Reason.DAMAGED);
        assertThat(String.valueOf(e.getMessage()).length()).isLessThan(1_000);
      } catch (RuntimeException | Error e) {
        fail("mutant " + i + ": " + Arrays.toString(bytes), e);
      }
    }
    assertThat(read).isLessThan(Mutant.COUNT);
  }

  @Test
  void results() {
    TrialResult.Builder result =
        TrialResult.newBuilder().setTrialId("t").setOutcome(TrialResult.Outcome.CAP_REACHED);
    for (int epoch = 0; epoch < 5; epoch++) {
      result.addHistory(EpochRecord.newBuilder().setEpoch(epoch).setSteps(epoch * 10L));
    }
    mutate(StoredMessage.TRIAL_RESULT, "t", result.build());
  }

  @Test
  void measurements() {
    mutate(
        StoredMessage.MEASUREMENT,
        "m",
        Measurement.newBuilder().setMeasurementId("m").setTrialId("t").build());
  }

  @Test
  void manifestsOfVariants() {
    mutate(
        StoredMessage.VARIANT_MANIFEST,
        "v",
        VariantManifest.newBuilder().setVariantId("v").build());
  }
}
