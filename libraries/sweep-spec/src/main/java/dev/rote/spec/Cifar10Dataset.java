package dev.rote.spec;

import dev.rote.v1.DatasetSpec;
import java.util.stream.IntStream;

/** {@code cifar10}: five training files, each of which can be left out. */
final class Cifar10Dataset implements DatasetKind {
  private static final int FILES = 5;
  private static final DatasetFacts FACTS =
      new DatasetFacts(
          "cifar10",
          "colour photographs of ten classes",
          10,
          DatasetFacts.COLOUR_32,
          (long) FILES * DatasetFacts.CIFAR10_BATCH,
          DatasetFacts.CIFAR10_BATCH);

  @Override
  public DatasetFacts facts() {
    return FACTS;
  }

  @Override
  public int ownField() {
    return DatasetSpec.BATCHES_FIELD_NUMBER;
  }

  @Override
  public void fill(DatasetSpec.Builder dataset) {
    if (dataset.getBatchesCount() == 0) {
      IntStream.rangeClosed(1, FILES).forEach(dataset::addBatches);
    }
  }

  @Override
  public void check(Checks checks, DatasetSpec dataset) {
    for (int i = 0; i < dataset.getBatchesCount(); i++) {
      checks.inRange("batches[" + i + "]", dataset.getBatches(i), 1, FILES);
      checks.require(
          dataset.getBatchesList().indexOf(dataset.getBatches(i)) == i,
          "batches[" + i + "]",
          "must name each training file once, names " + dataset.getBatches(i) + " again");
    }
  }

  @Override
  public long trainExamples(DatasetSpec dataset) {
    return (long) DatasetFacts.CIFAR10_BATCH * dataset.getBatchesCount();
  }

  @Override
  public boolean hasHumanLabels() {
    return true;
  }
}
