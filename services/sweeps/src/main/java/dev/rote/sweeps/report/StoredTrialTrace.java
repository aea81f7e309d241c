package dev.rote.sweeps.report;

import dev.rote.artifacts.traces.StoredTrace;
import dev.rote.artifacts.variants.Shard;
import dev.rote.artifacts.variants.VariantReader;
import dev.rote.artifacts.variants.VariantSplit;
import dev.rote.figures.study.TracedExamples;
import dev.rote.figures.study.TrialTrace;
import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** A trial's trace in object storage, with what its variant says of the examples. */
final class StoredTrialTrace implements TrialTrace {
  private final StoredTrace trace;
  private final VariantReader variant;
  private final int lastEpoch;
  private final BooleanSupplier stopped;

  /**
   * @param lastEpoch that the trace is whole through
   * @param stopped asked before each block of an epoch
   */
  StoredTrialTrace(
      StoredTrace trace, VariantReader variant, int lastEpoch, BooleanSupplier stopped) {
    this.trace = trace;
    this.variant = variant;
    this.lastEpoch = lastEpoch;
    this.stopped = stopped;
  }

  /**
   * {@inheritDoc}
   *
   * @throws CancellationException when told to stop
   */
  @Override
  public void read(Reader reader) throws IOException {
    Cursor cursor = new Cursor(variant.shards(VariantSplit.TRAIN).iterator());
    for (int block = 0; block < trace.blocks(); block++) {
      TracedExamples examples = cursor.next(trace.size(block));
      for (int epoch = 0; epoch <= lastEpoch; epoch++) {
        if (stopped.getAsBoolean()) {
          throw new CancellationException("nobody reads the trace any more");
        }
        reader.take(examples, trace.block(epoch, block));
      }
    }
  }

  /** Goes through the training split, a shard in memory at a time. */
  private static final class Cursor {
    private final Iterator<Shard> shards;
    private Shard shard;
    private int at;

    Cursor(Iterator<Shard> shards) {
      this.shards = shards;
      this.shard = shards.next();
    }

    TracedExamples next(int count) {
      long[] sourceIndices = new long[count];
      int[] labels = new int[count];
      int[] sourceLabels = new int[count];
      for (int i = 0; i < count; i++) {
        if (at == shard.examples()) {
          shard = shards.next();
          at = 0;
        }
        sourceIndices[i] = shard.sourceIndex(at);
        labels[i] = shard.label(at);
        sourceLabels[i] = shard.originalLabel(at);
        at++;
      }
      return new TracedExamples(sourceIndices, labels, sourceLabels);
    }
  }
}
