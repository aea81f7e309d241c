package dev.rote.spec;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Classes of published datasets that are taken for each other: the asymmetric label noise of the
 * literature.
 *
 * <p>Source: Patrini et al., "Making deep neural networks robust to label noise", CVPR 2017,
 * section 5 (MNIST, CIFAR-10, CIFAR-100); Zhang and Sabuncu, "Generalized cross entropy loss",
 * NeurIPS 2018, section 4.1 (Fashion-MNIST).
 */
public final class ConfusedClasses {
  /** Class that is taken, class that it is taken for. */
  private static final Map<String, Map<Integer, Integer>> PAIRS =
      Map.of(
          "mnist", Map.of(2, 7, 3, 8, 5, 6, 6, 5, 7, 1),
          "fashion-mnist", Map.of(9, 7, 7, 5, 2, 6, 4, 3, 3, 4),
          "cifar10", Map.of(9, 1, 2, 0, 4, 7, 3, 5, 5, 3));

  /** Superclass of each class of CIFAR-100, as its files have them. */
  private static final int[] SUPERCLASSES = {
    4, 1, 14, 8, 0, 6, 7, 7, 18, 3, 3, 14, 9, 18, 7, 11, 3, 9, 7, 11, 6, 11, 5, 10, 7, 6, 13, 15, 3,
    15, 0, 11, 1, 10, 12, 14, 16, 9, 11, 5, 5, 19, 8, 8, 15, 13, 14, 17, 18, 10, 16, 4, 17, 4, 2, 0,
    17, 4, 18, 17, 10, 3, 2, 12, 12, 16, 12, 1, 9, 19, 2, 10, 0, 1, 16, 12, 9, 13, 15, 13, 16, 19,
    2, 4, 6, 19, 5, 5, 8, 19, 18, 1, 2, 15, 6, 0, 17, 8, 14, 13
  };

  private final int[] takenFor;

  private ConfusedClasses(int classes, IntUnaryOperator takenFor) {
    this.takenFor = IntStream.range(0, classes).map(takenFor).toArray();
  }

  /** Those of a dataset; empty for one of which the literature has none. */
  public static Optional<ConfusedClasses> of(String dataset) {
    if (dataset.equals("cifar100")) {
      return Optional.of(
          new ConfusedClasses(SUPERCLASSES.length, ConfusedClasses::nextOfSuperclass));
    }
    return Optional.ofNullable(PAIRS.get(dataset))
        .map(pairs -> new ConfusedClasses(10, c -> pairs.getOrDefault(c, c)));
  }

  /** Names of the datasets that have some. */
  static List<String> datasets() {
    return DatasetKinds.ALL.stream()
        .map(DatasetKind::name)
        .filter(name -> of(name).isPresent())
        .toList();
  }

  private static int nextOfSuperclass(int c) {
    int next = (c + 1) % SUPERCLASSES.length;
    while (SUPERCLASSES[next] != SUPERCLASSES[c]) {
      next = (next + 1) % SUPERCLASSES.length;
    }
    return next;
  }

  /** The class that a class is taken for; itself where it is taken for none. */
  public int of(int original) {
    return takenFor[original];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ConfusedClasses confused && Arrays.equals(takenFor, confused.takenFor);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(takenFor);
  }
}
