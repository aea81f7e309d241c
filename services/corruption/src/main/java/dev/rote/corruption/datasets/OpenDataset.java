package dev.rote.corruption.datasets;

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

  /** Shape of one example. */
  public ImageShape shape() {
    return train.shape();
  }

  @Override
  public void close() {
    sources.forEach(ExampleSource::close);
  }
}
