package dev.rote.spec;

import dev.rote.v1.DatasetSpec;
import java.util.List;
import java.util.Optional;

/** The datasets that a specification may name. */
final class DatasetKinds {
  /** Every dataset, in the order of documentation; a new one is added here. */
  static final List<DatasetKind> ALL =
      List.of(
          new StrokesDataset(),
          digits("mnist", "handwritten digits"),
          digits("fashion-mnist", "articles of clothing"),
          digits("kmnist", "cursive Japanese characters"),
          new Cifar10Dataset(),
          new PublishedDataset(
              new DatasetFacts(
                  "cifar100",
                  "colour photographs of a hundred classes",
                  100,
                  DatasetFacts.COLOUR_32,
                  50_000,
                  10_000)),
          new IdxDataset(),
          new FilesDataset());

  private DatasetKinds() {}

  /** The dataset of that name. */
  static Optional<DatasetKind> named(String name) {
    return ALL.stream().filter(kind -> kind.name().equals(name)).findFirst();
  }

  /** Names of those with labels that people gave, such as {@code cifar10}. */
  static String withHumanLabels() {
    return String.join(
        ", ", ALL.stream().filter(DatasetKind::hasHumanLabels).map(DatasetKind::name).toList());
  }

  /** Ten classes of grey images, as MNIST has them. */
  private static DatasetKind digits(String name, String description) {
    return new PublishedDataset(
        new DatasetFacts(name, description, 10, DatasetFacts.GREY_28, 60_000, 10_000));
  }

  /** Name of the field that is for a dataset alone; empty for none. */
  static String ownField(DatasetKind kind) {
    return kind.ownField() == 0
        ? ""
        : DatasetSpec.getDescriptor().findFieldByNumber(kind.ownField()).getJsonName();
  }

  /** Whether a field holds anything. */
  static boolean isSet(DatasetSpec dataset, DatasetKind kind) {
    return dataset.getAllFields().keySet().stream()
        .anyMatch(field -> field.getNumber() == kind.ownField());
  }
}
