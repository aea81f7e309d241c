package dev.rote.corruption.datasets;

import dev.rote.corruption.selection.IndexSet;
import dev.rote.corruption.selection.Quotas;
import dev.rote.random.IndexPermutation;
import dev.rote.v1.DatasetSpec;
import java.util.List;

/**
 * A dataset ready to be read, cut into its splits; the owner closes it.
 *
 * @param train the training split
 * @param validation the validation split
 * @param classes number of classes
 * @param sources what the splits read from
 */
public record OpenDataset(
    DatasetSplit train, DatasetSplit validation, int classes, List<ExampleSource> sources)
    implements AutoCloseable {

  public OpenDataset {
    sources = List.copyOf(sources);
  }

  /**
   * Cuts the splits out of sources in a seeded order.
   *
   * @param sources of the training files and, where validation comes from them, the test files;
   *     closed when they do not fit
   * @throws DatasetException with reason {@code REFUSED} when the splits do not fit
   */
  static OpenDataset cut(DatasetSpec spec, List<ExampleSource> sources) {
    try {
      ExampleSource train = SelectedSource.of(spec, sources.get(0), true);
      ExampleSource validation =
          sources.size() == 1
              ? train
              : SelectedSource.of(spec, sources.get(sources.size() - 1), false);
      SplitSizes sizes = SplitSizes.of(spec, train.size(), validation.size());
      Datasets.pooled(spec, train.shape());
      boolean apart = Datasets.fromTest(spec);
      int pooling = spec.getPooling();
      IndexPermutation order = order(spec, "train", train);
      IndexPermutation validationOrder = apart ? order(spec, "test", validation) : order;
      long before = apart ? 0 : sizes.validation();
      return new OpenDataset(
          imbalanced(
              spec,
              new DatasetSplit(train, order, before, sizes.train(), pooling),
              train.classes()),
          new DatasetSplit(validation, validationOrder, 0, sizes.validation(), pooling),
          train.classes(),
          sources);
    } catch (DatasetException e) {
      sources.forEach(ExampleSource::close);
      throw e;
    }
  }

  /** What imbalance leaves of a training split. */
  static DatasetSplit imbalanced(DatasetSpec spec, DatasetSplit split, int classes) {
    if (!spec.hasImbalance()) {
      return split;
    }
    long[] counts = Quotas.counts(split.size(), split::label, classes);
    double[] shares = ClassShares.of(spec.getImbalance(), classes);
    long[] quotas = new long[classes];
    for (int c = 0; c < classes; c++) {
      quotas[c] = Math.round(shares[c] * counts[c]);
    }
    IndexSet left =
        Quotas.choose(
            IndexPermutation.of(spec.getSeed(), "dataset/imbalance", split.size()),
            split.size(),
            split::label,
            quotas);
    if (left.size() == 0) {
      throw DatasetException.refused(
          "variant.dataset.imbalance",
          "must leave an example, left none of " + split.size() + " training examples");
    }
    return split.only(left);
  }

  private static IndexPermutation order(DatasetSpec spec, String files, ExampleSource source) {
    return IndexPermutation.of(spec.getSeed(), "dataset/" + files + "-order", source.size());
  }

  /** Shape of one example. */
  public ImageShape shape() {
    return train.shape();
  }

  @Override
  public void close() {
    sources.forEach(ExampleSource::close);
  }
}
