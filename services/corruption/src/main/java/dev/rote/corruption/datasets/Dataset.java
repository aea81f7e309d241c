package dev.rote.corruption.datasets;

import dev.rote.v1.DatasetInfo;
import dev.rote.v1.DatasetSpec;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A dataset that this service can read. */
interface Dataset {

  /** The name as specifications write it. */
  String name();

  /** Tells whether all files are at hand, and what is missing. */
  default void tell(DatasetInfo.Builder info) {
    info.setAvailable(true);
  }

  /**
   * Opens it and cuts its splits.
   *
   * @param spec validated, all defaults filled in
   * @throws DatasetException when a file is missing or damaged, or the splits do not fit
   */
  OpenDataset open(DatasetSpec spec);

  /**
   * Sizes, classes and shape of the splits without fetching anything.
   *
   * @param labels human labels that are wanted, too
   * @throws DatasetException as {@link #open} would, and with reason {@code MISSING} naming all
   *     files that are not there when no address of one answers
   */
  default Outline check(DatasetSpec spec, Optional<Cifar10n> labels) {
    try (OpenDataset open = open(spec)) {
      return Outline.of(open);
    }
  }

  /**
   * Whether all files that a specification needs are there.
   *
   * @param labels human labels that are wanted, too
   */
  default boolean atHand(DatasetSpec spec, Optional<Cifar10n> labels) {
    return true;
  }

  /**
   * Index of each training picture by its name within the folder that they lie in, and by the last
   * part of it alone where no two are alike.
   *
   * @throws DatasetException with reason {@code REFUSED} for one that is no folder of pictures
   */
  default Map<String, Integer> trainNames(DatasetSpec spec) {
    throw DatasetException.refused(
        "variant.corruption.labels.file.fileColumn",
        "is for training files that are a folder of pictures, and those of "
            + name()
            + " are none: say by `indexColumn` which example each label is of");
  }

  /** Whether its files are a user's own, which may be others later. */
  default boolean mayChange() {
    return false;
  }

  /**
   * The files of the user's own that it is read from, and their SHA-256: as an admitted
   * specification says, or else as they are now.
   *
   * @throws DatasetException when one is missing
   */
  default SortedMap<String, String> ownFiles(DatasetSpec spec) {
    return new TreeMap<>();
  }
}
