package dev.rote.trainer.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.testkit.TestStore;
import dev.rote.trainer.training.History;
import dev.rote.v1.CheckpointHeader;
import dev.rote.v1.CheckpointRef;
import dev.rote.v1.EpochRecord;
import dev.rote.v1.PartRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Histories whose checkpoints are kept after every epoch. */
class StoredHistoryIT {
  private final TestStore server;

  StoredHistoryIT(@TempDir Path directory) {
    server = TestStore.start(directory);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static EpochRecord epoch(int number) {
    PartRecord part =
        PartRecord.newBuilder().setExamples(60_000).setAccuracy(0.1 * number).setLoss(2.3).build();
    return EpochRecord.newBuilder()
        .setEpoch(number)
        .setSteps(number * 469L)
        .setTrain(part)
        .setCorrupted(part)
        .setClean(part)
        .setValidation(part)
        .setLearningRate(0.01)
        .build();
  }

  private static History after(String trial, int last) {
    List<EpochRecord> epochs = new ArrayList<>();
    List<CheckpointRef> kept = new ArrayList<>();
    for (int number = 0; number <= last; number++) {
      epochs.add(epoch(number));
      if (number < last) {
        kept.add(
            CheckpointRef.newBuilder()
                .setEpoch(number)
                .setSteps(number * 469L)
                .setKey(ArtifactKeys.checkpoint(trial, number))
                .setSizeBytes(1 << 20)
                .build());
      }
    }
    return new History(epochs, kept);
  }

  private CheckpointHeader run(String trial, int epochs) {
    StoredHistory stored = new StoredHistory(server.client());
    CheckpointHeader header = CheckpointHeader.newBuilder().setTrialId(trial).build();
    bytes = 0;
    CheckpointHeader cut = header;
    for (int last = 0; last <= epochs; last++) {
      cut = stored.cut(header, after(trial, last));
      bytes += cut.getSerializedSize();
    }
    for (String key : server.client().list("trials/" + trial + "/", "", 1000)) {
      bytes += server.client().size(key).orElseThrow();
    }
    return cut;
  }

  private long bytes;

  @Test
  void cut_overTwiceTheEpochs_takesTwiceTheBytes() {
    run("short", 400);
    long once = bytes;
    run("long", 800);
    assertThat((double) bytes / once).isBetween(1.9, 2.1);
  }

  @Test
  void whole_ofAnyCheckpoint_isWhatWasCut() {
    for (int last : new int[] {0, 1, 15, 16, 17, 31, 32, 50}) {
      String trial = "t" + last;
      CheckpointHeader header = run(trial, last);
      assertThat(header.getHistoryCount()).isLessThanOrEqualTo(StoredHistory.PART);
      assertThat(new StoredHistory(server.client()).whole(header)).isEqualTo(after(trial, last));
    }
  }

  @Test
  void whole_aPartGoneOrDamaged_namesIt() {
    CheckpointHeader header = run("t", 40);
    String key = ArtifactKeys.historyPart(StoredMessage.historyPart("t", 16));
    byte[] sound = server.client().get(key);
    byte[] flipped = sound.clone();
    flipped[flipped.length / 2] ^= 8;
    server.client().put(key, flipped);
    assertNames(header, ObjectStoreException.Reason.DAMAGED, key);
    server.client().delete(key);
    assertNames(header, ObjectStoreException.Reason.NOT_FOUND, key);
  }

  private void assertNames(
      CheckpointHeader header, ObjectStoreException.Reason reason, String key) {
    assertThatThrownBy(() -> new StoredHistory(server.client()).whole(header))
        .isInstanceOfSatisfying(
            ObjectStoreException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(reason);
              assertThat(e.key()).contains(key);
            });
  }
}
