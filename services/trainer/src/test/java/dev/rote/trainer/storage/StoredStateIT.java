package dev.rote.trainer.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.agreement.EngineUnderTest;
import dev.rote.artifacts.checkpoints.CheckpointReader;
import dev.rote.checkpoints.CheckpointNetwork;
import dev.rote.networks.Network;
import dev.rote.recipes.CrossEntropy;
import dev.rote.spec.Cell;
import dev.rote.spec.Grid;
import dev.rote.spec.Ids;
import dev.rote.spec.SweepDefaults;
import dev.rote.spec.Versions;
import dev.rote.testkit.StoredState;
import dev.rote.testkit.TestStore;
import dev.rote.v1.CheckpointRef;
import dev.rote.v1.Sweep;
import dev.rote.v1.TrialResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trials that an older version trained are found under its ids, and their networks open. */
class StoredStateIT {

  @Test
  void find_trialsOfAnOlderVersion_areCompleteAndOpen(@TempDir Path directory) {
    try (TestStore store = TestStore.start(directory)) {
      StoredState.copyTo(store.client());
      StoredResults results = new StoredResults(store.client());
      for (Sweep sweep : StoredState.sweeps()) {
        Cell cell = Grid.of(SweepDefaults.fill(sweep.getSpec())).cell(0);
        TrialResult result =
            results.find(Ids.trialId(Versions.FORMER, cell.trial()).value()).orElseThrow();
        assertThat(result.getSpec()).isEqualTo(cell.trial());
        assertThat(result.getHistoryList()).hasSize(2);
        assertThat(results.complete(result)).isTrue();
        for (CheckpointRef ref : result.getCheckpointsList()) {
          open(store, ref);
        }
      }
    }
  }

  private static void open(TestStore store, CheckpointRef ref) {
    try (CheckpointReader reader = CheckpointReader.open(store.client(), ref.getKey());
        Network network =
            CheckpointNetwork.open(reader, EngineUnderTest.open(), CrossEntropy.PLAIN, 1)) {
      assertThat(reader.header().getEpoch()).isEqualTo(ref.getEpoch());
      assertThat(network.tensors()).isNotEmpty();
    }
  }
}
