package dev.rote.sweeps.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStoreException;
import dev.rote.artifacts.messages.StoredMessage;
import dev.rote.artifacts.traces.StoredTrace;
import dev.rote.artifacts.variants.VariantReader;
import dev.rote.artifacts.variants.VariantSplit;
import dev.rote.testkit.TestStore;
import dev.rote.v1.Shape;
import dev.rote.v1.TraceBlock;
import dev.rote.v1.TracePass;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trace of three epochs in two blocks, on a variant whose shards end elsewhere. */
class StoredTrialTraceIT {
  private static final String TRIAL = "0123456789abcdef0123456789abcdef";
  private static final int EXAMPLES = StoredTrace.BLOCK + 500;
  private static final int LAST_EPOCH = 2;

  @TempDir private Path directory;
  private TestStore store;
  private VariantReader variant;

  @BeforeEach
  void write() {
    store = TestStore.start(directory);
    Shape pixel = Shape.newBuilder().setChannels(1).setHeight(1).setWidth(1).build();
    variant = new WrittenVariant(store.client(), pixel, 40_000).write(EXAMPLES, 1);
    StoredTrace trace = new StoredTrace(store.client(), TRIAL, EXAMPLES);
    for (int epoch = 0; epoch <= LAST_EPOCH; epoch++) {
      for (int block = 0; block < 2; block++) {
        trace.keep(block(epoch, block, trace.size(block)));
      }
    }
  }

  @AfterEach
  void stop() {
    store.close();
  }

  private static TraceBlock block(int epoch, int block, int size) {
    TracePass.Builder pass = TracePass.newBuilder();
    for (int i = 0; i < size; i++) {
      int example = block * StoredTrace.BLOCK + i;
      pass.addMargins(margin(epoch, example)).addLosses(1).addPredictions(1);
    }
    return TraceBlock.newBuilder()
        .setTrialId(TRIAL)
        .setEpoch(epoch)
        .setBlock(block)
        .setEpochEnd(pass)
        .build();
  }

  private static float margin(int epoch, int example) {
    return epoch + example / 1000f;
  }

  private StoredTrialTrace trace(BooleanSupplier stopped) {
    StoredTrace stored = new StoredTrace(store.client(), TRIAL, EXAMPLES);
    return new StoredTrialTrace(stored, variant, stored.wholeThrough(), stopped);
  }

  @Test
  void read_blocksWithTheirEpochs_eachExampleWithWhatTheVariantSaysOfIt() throws IOException {
    List<String> order = new ArrayList<>();
    int[] rows = {0};
    trace(() -> false)
        .read(
            (examples, block) -> {
              order.add(block.getBlock() + "/" + block.getEpoch());
              assertThat(block.getEpochEnd().getMarginsCount()).isEqualTo(examples.count());
              for (int i = 0; i < examples.count(); i++) {
                int example = block.getBlock() * StoredTrace.BLOCK + i;
                boolean same =
                    examples.sourceIndex(i)
                            == WrittenVariant.sourceIndex(VariantSplit.TRAIN, example)
                        && examples.label(i) == WrittenVariant.label(example)
                        && examples.sourceLabel(i) == WrittenVariant.sourceLabel(example)
                        && block.getEpochEnd().getMargins(i) == margin(block.getEpoch(), example);
                rows[0] += same ? 1 : 0;
              }
            });
    assertThat(order).containsExactly("0/0", "0/1", "0/2", "1/0", "1/1", "1/2");
    assertThat(rows[0]).isEqualTo((LAST_EPOCH + 1) * EXAMPLES);
  }

  /** The last epoch has one of its blocks alone: it does not count. */
  @Test
  void read_epochThatIsNotWhole_isLeftOut() throws IOException {
    store.client().delete(ArtifactKeys.traceBlock(StoredMessage.traceBlock(TRIAL, LAST_EPOCH, 1)));
    List<Integer> epochs = new ArrayList<>();
    trace(() -> false).read((examples, block) -> epochs.add(block.getEpoch()));
    assertThat(epochs).containsExactly(0, 1, 0, 1);
  }

  @Test
  void read_nobodyReadsAnyMore_ends() {
    int[] taken = {0};
    assertThatExceptionOfType(CancellationException.class)
        .isThrownBy(() -> trace(() -> taken[0] == 2).read((examples, block) -> taken[0]++));
    assertThat(taken[0]).isEqualTo(2);
  }

  @Test
  void read_blockWithAFlippedBit_isDamaged() {
    WrittenVariant.flip(
        store.client(), ArtifactKeys.traceBlock(StoredMessage.traceBlock(TRIAL, 1, 1)));
    assertThatExceptionOfType(ObjectStoreException.class)
        .isThrownBy(() -> trace(() -> false).read((examples, block) -> {}))
        .returns(ObjectStoreException.Reason.DAMAGED, ObjectStoreException::reason);
  }
}
