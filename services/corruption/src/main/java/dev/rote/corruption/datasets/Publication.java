package dev.rote.corruption.datasets;

import dev.rote.spec.DatasetFacts;
import dev.rote.v1.DatasetSpec;
import java.util.List;
import java.util.stream.Stream;

/** How a dataset is published: its files with their sums, and how they are read. */
interface Publication {

  /** The name of the dataset. */
  String name();

  /** Classes, shape and sizes. */
  default DatasetFacts facts() {
    return DatasetFacts.named(name()).orElseThrow();
  }

  /** The training files that a specification needs. */
  List<DataFile> trainFiles(DatasetSpec spec);

  /** All training files. */
  List<DataFile> trainFiles();

  /** The test files. */
  List<DataFile> testFiles();

  /** All files. */
  default List<DataFile> files() {
    return Stream.concat(trainFiles().stream(), testFiles().stream()).toList();
  }

  /** Examples in the training files that a specification needs. */
  default long trainExamples(DatasetSpec spec) {
    return facts().trainExamples();
  }

  /**
   * Opens training files.
   *
   * @param files as {@link #trainFiles(DatasetSpec)} lists them
   * @throws DatasetException when one is damaged
   */
  ExampleSource openTrain(List<NamedFile> files, DatasetSpec spec);

  /**
   * Opens the test files.
   *
   * @throws DatasetException when one is damaged
   */
  ExampleSource openTest(List<NamedFile> files);

  /**
   * What could be written where some training files are missing; empty when nothing could.
   *
   * @param there those that are there
   */
  default String instead(List<DataFile> there) {
    return "";
  }
}
