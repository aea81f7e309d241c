package dev.rote.spec;

import dev.rote.v1.DatasetSpec;

/** A dataset that a specification may name: what is known of it, its defaults and its bounds. */
interface DatasetKind {

  /** What is known of it without opening a file. */
  DatasetFacts facts();

  /** The name as it is written. */
  default String name() {
    return facts().name();
  }

  /** The field of {@link DatasetSpec} that is for this dataset alone; 0 for none. */
  default int ownField() {
    return 0;
  }

  /** Where the validation split comes from when nothing is written. */
  default DatasetSpec.ValidationSource validationSource(DatasetSpec dataset) {
    return DatasetSpec.ValidationSource.TRAIN;
  }

  /** Fills in the field of its own. */
  default void fill(DatasetSpec.Builder dataset) {}

  /** What must hold of the field of its own, defaults filled in. */
  default void check(Checks checks, DatasetSpec dataset) {}

  /** Examples in the training files that a specification uses; 0 when only the files tell. */
  default long trainExamples(DatasetSpec dataset) {
    return facts().trainExamples();
  }

  /**
   * Default size of the training split, {@code validation} examples being taken from its source.
   */
  default long trainSize(DatasetSpec dataset, long validation) {
    return Math.max(trainExamples(dataset) - validation, 0);
  }

  /** Examples that the default size of the validation split is a part of. */
  default long validationExamples(DatasetSpec dataset, boolean apart) {
    return apart ? facts().testExamples() : trainExamples(dataset);
  }

  /** Number of classes as far as a specification tells; 0 when only the files do. */
  default int classes(DatasetSpec dataset) {
    return facts().classes();
  }

  /** Whether it has as many examples as are asked for. */
  default boolean ownSizes() {
    return false;
  }

  /** Whether there are labels that people gave. */
  default boolean hasHumanLabels() {
    return false;
  }
}
