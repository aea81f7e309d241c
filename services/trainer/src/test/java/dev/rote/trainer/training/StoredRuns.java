package dev.rote.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.agreement.EngineUnderTest;
import dev.rote.artifacts.ArtifactKeys;
import dev.rote.artifacts.ObjectStore;
import dev.rote.artifacts.checkpoints.CheckpointReader;
import dev.rote.artifacts.checkpoints.CheckpointWriter;
import dev.rote.testkit.TestStack;
import dev.rote.trainer.storage.StoredCheckpoints;
import dev.rote.v1.CheckpointHeader;
import dev.rote.v1.CheckpointRef;
import dev.rote.v1.TrialProgress;
import dev.rote.v1.TrialResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs with their checkpoints in a real object store. */
final class StoredRuns implements AutoCloseable {
  private final TestStack stack = new TestStack();

  ObjectStore store() {
    return stack.store();
  }

  @Override
  public void close() {
    stack.close();
  }

  /** Stops after a number of questions; remembers the progress. */
  static final class Control implements RunControl {
    private final List<TrialProgress> progress = new ArrayList<>();
    private long questions;

    Control(long questions) {
      this.questions = questions;
    }

    @Override
    public boolean shouldStop() {
      return questions-- <= 0;
    }

    @Override
    public void progress(TrialProgress newest) {
      progress.add(newest);
    }

    /** What it was told first. */
    TrialProgress first() {
      return progress.get(0);
    }
  }

  RunEnd run(Trial trial, RunControl control, Duration resumeEvery) {
    StoredCheckpoints checkpoints =
        new StoredCheckpoints(stack.store(), stack.cache(), EngineUnderTest.open().numerics());
    return new TrialRun(
            trial,
            EngineUnderTest.open(),
            checkpoints,
            Trace.NONE,
            control,
            resumeEvery,
            System::nanoTime)
        .run();
  }

  TrialResult finish(Trial trial) {
    return ((RunEnd.Finished) run(trial, new Control(Long.MAX_VALUE), Duration.ofMinutes(1)))
        .result();
  }

  /** Values of a checkpoint, which is verified. */
  byte[] tensors(CheckpointRef ref) {
    byte[] bytes = stack.store().get(ref.getKey());
    try (CheckpointReader reader =
        new CheckpointReader(ref.getKey(), stack.store().open(ref.getKey(), 0))) {
      CheckpointHeader header = reader.header();
      reader.verify();
      long floats =
          header.getTensorsList().stream()
              .mapToLong(t -> t.getShapeList().stream().reduce(1, (a, b) -> a * b))
              .sum();
      int end = bytes.length - 32;
      return Arrays.copyOfRange(bytes, (int) (end - floats * Float.BYTES), end);
    }
  }

  /** The same history, outcome and checkpoints, bit by bit. */
  void assertSameBits(TrialResult expected, TrialResult actual) {
    assertThat(actual.getHistoryList()).isEqualTo(expected.getHistoryList());
    assertThat(actual.getOutcome()).isEqualTo(expected.getOutcome());
    assertThat(actual.getCheckpointsList().stream().map(CheckpointRef::getEpoch).toList())
        .isEqualTo(expected.getCheckpointsList().stream().map(CheckpointRef::getEpoch).toList());
    for (int i = 0; i < expected.getCheckpointsCount(); i++) {
      assertThat(tensors(actual.getCheckpoints(i)))
          .containsExactly(tensors(expected.getCheckpoints(i)));
    }
  }

  /** Puts the checkpoint of an epoch under another trial. */
  void copyAs(String from, String to, int epoch) {
    String key = ArtifactKeys.checkpoint(from, epoch);
    try (CheckpointReader reader = new CheckpointReader(key, stack.store().open(key, 0))) {
      CheckpointHeader.Builder header = reader.header().toBuilder().setTrialId(to);
      List<CheckpointRef> earlier = new ArrayList<>();
      for (CheckpointRef ref : header.getEarlierList()) {
        earlier.add(ref.toBuilder().setKey(ArtifactKeys.checkpoint(to, ref.getEpoch())).build());
      }
      header.clearEarlier().addAllEarlier(earlier);
      write(reader, header.build(), ArtifactKeys.checkpoint(to, epoch));
    }
  }

  /** Puts it there with the whole history in it. */
  void copyWhole(TrialResult from, String to, int epoch) {
    String key = ArtifactKeys.checkpoint(from.getTrialId(), epoch);
    try (CheckpointReader reader = new CheckpointReader(key, stack.store().open(key, 0))) {
      CheckpointHeader.Builder header =
          reader.header().toBuilder()
              .setTrialId(to)
              .clearHistoryFrom()
              .clearHistory()
              .addAllHistory(from.getHistoryList().subList(0, epoch + 1))
              .clearEarlier();
      for (CheckpointRef ref : from.getCheckpointsList().subList(0, epoch)) {
        header.addEarlier(ref.toBuilder().setKey(ArtifactKeys.checkpoint(to, ref.getEpoch())));
      }
      write(reader, header.build(), ArtifactKeys.checkpoint(to, epoch));
    }
  }

  private void write(CheckpointReader reader, CheckpointHeader header, String key) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      CheckpointWriter.write(
          header,
          (t, values) -> System.arraycopy(reader.tensor(), 0, values, 0, values.length),
          out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    stack.store().putIfAbsent(key, out.toByteArray());
  }
}
