package dev.rote.corruption.datasets;

import dev.rote.spec.SweepDefaults;
import dev.rote.v1.DatasetSpec;

/** Examples of the two splits. */
record SplitSizes(long train, long validation) {

  /**
   * Checks that the splits fit.
   *
   * @param trainSource examples of the training files
   * @param validationSource examples of what the validation split is taken from
   */
  static SplitSizes of(DatasetSpec spec, long trainSource, long validationSource) {
    SplitSizes asked = asked(spec, trainSource, validationSource);
    if (asked.validation > validationSource) {
      throw DatasetException.refused(
          "variant.dataset.validationSize",
          "must be at most " + validationSource + ", was " + asked.validation);
    }
    long left = Datasets.fromTest(spec) ? trainSource : trainSource - asked.validation;
    if (asked.train < 1 || asked.train > left) {
      throw DatasetException.refused(
          "variant.dataset.trainSize",
          "must be in [1, "
              + left
              + "] ("
              + trainSource
              + " training examples, "
              + (trainSource - left)
              + " of them for validation), was "
              + asked.train);
    }
    return asked;
  }

  /* Where a specification selects examples only their count tells what is left. */
  private static SplitSizes asked(DatasetSpec spec, long trainSource, long validationSource) {
    SplitSizes written = of(spec);
    long validation =
        spec.hasValidationSize()
            ? written.validation
            : Math.max(
                1, Math.min(validationSource / 10, SweepDefaults.LARGEST_DEFAULT_VALIDATION));
    long left = Datasets.fromTest(spec) ? trainSource : trainSource - validation;
    return new SplitSizes(spec.hasTrainSize() ? written.train : Math.max(0, left), validation);
  }

  /** As asked, unchecked. */
  static SplitSizes of(DatasetSpec spec) {
    return new SplitSizes(
        Integer.toUnsignedLong(spec.getTrainSize()),
        Integer.toUnsignedLong(spec.getValidationSize()));
  }
}
