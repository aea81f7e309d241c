package dev.rote.corruption.variants;

import dev.rote.corruption.datasets.DatasetSplit;
import dev.rote.corruption.datasets.Remembered;
import dev.rote.corruption.inputs.Moments;
import dev.rote.corruption.inputs.NumberMoments;
import dev.rote.corruption.inputs.Spread;
import dev.rote.v1.DatasetSpec;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** Moments of the real training splits, the newest few remembered. */
public final class RealStatistics {
  private static final int REMEMBERED = 8;
  private static final int EXAMPLES_PER_PART = 4096;

  private final CoreTasks tasks;
  private final Remembered<DatasetSpec, Spread> known = new Remembered<>(REMEMBERED);

  public RealStatistics(CoreTasks tasks) {
    this.tasks = tasks;
  }

  /**
   * Moments of a training split.
   *
   * @param spec the dataset; what is read from a user's own files is not remembered
   * @param stopped asked before each few thousand examples
   * @throws java.util.concurrent.CancellationException when told to stop
   */
  Spread of(DatasetSpec spec, DatasetSplit train, BooleanSupplier stopped) {
    return spec.hasIdx() ? sum(train, stopped) : known.of(spec, () -> sum(train, stopped), stopped);
  }

  private Spread sum(DatasetSplit train, BooleanSupplier stopped) {
    if (!train.isLevels()) {
      return inOrder(train, stopped);
    }
    long parts = (train.size() + EXAMPLES_PER_PART - 1) / EXAMPLES_PER_PART;
    Moments total = empty(train);
    tasks.run(parts, () -> new Part(train), stopped).forEach(total::add);
    return total;
  }

  /* Sums of floats depend on their order: one thread goes through the split. */
  private static Spread inOrder(DatasetSplit train, BooleanSupplier stopped) {
    NumberMoments moments = new NumberMoments(train.shape().channels(), train.shape().values());
    DatasetSplit.Reader reader = train.reader();
    int[] bits = new int[train.shape().values()];
    for (long i = 0; i < train.size(); i++) {
      if (i % EXAMPLES_PER_PART == 0 && stopped.getAsBoolean()) {
        throw new CancellationException("stopped before example " + i);
      }
      reader.read(i, bits);
      moments.add(bits);
    }
    return moments;
  }

  private static Moments empty(DatasetSplit train) {
    return new Moments(train.shape().channels(), train.shape().values(), train.top());
  }

  private static final class Part implements CoreTasks.Part<Moments> {
    private final DatasetSplit train;
    private final DatasetSplit.Reader reader;
    private final Moments moments;
    private final int[] levels;

    Part(DatasetSplit train) {
      this.train = train;
      this.reader = train.reader();
      this.moments = empty(train);
      this.levels = new int[train.shape().values()];
    }

    @Override
    public void run(long number) {
      long end = Math.min(train.size(), (number + 1) * EXAMPLES_PER_PART);
      for (long i = number * EXAMPLES_PER_PART; i < end; i++) {
        reader.read(i, levels);
        moments.add(levels);
      }
    }

    @Override
    public Moments result() {
      return moments;
    }
  }
}
