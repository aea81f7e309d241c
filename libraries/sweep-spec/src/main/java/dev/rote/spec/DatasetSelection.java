package dev.rote.spec;

import dev.rote.v1.ClassGroup;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.Imbalance;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which examples and classes of a dataset a specification takes: defaults and bounds. */
final class DatasetSelection {
  private static final double LARGEST_EXPONENT = 100;
  private static final double LARGEST_RATIO = 1_000_000;

  private DatasetSelection() {}

  /** Each example is named once. */
  static void checkIndices(Checks checks, List<Long> sourceIndices) {
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < sourceIndices.size(); i++) {
      checks.require(
          seen.add(sourceIndices.get(i)),
          "sourceIndices[" + i + "]",
          "must name each example once, names "
              + Long.toUnsignedString(sourceIndices.get(i))
              + " again");
    }
  }

  /** Whether examples are left out of the files themselves, before they are split. */
  static boolean changesSource(DatasetSpec dataset) {
    return changesClasses(dataset)
        || dataset.getSourceIndicesCount() > 0
        || dataset.getDuplicates() == DatasetSpec.Duplicates.DROP;
  }

  /** Whether classes are others than those of the files. */
  static boolean changesClasses(DatasetSpec dataset) {
    return dataset.getClassesCount() > 0 || dataset.getClassGroupsCount() > 0;
  }

  /** Number of classes that are taken of so many. */
  static int classes(DatasetSpec dataset, int all) {
    return changesClasses(dataset)
        ? Math.max(dataset.getClassesCount(), dataset.getClassGroupsCount())
        : all;
  }

  static void fill(DatasetSpec.Builder dataset) {
    if (dataset.getDuplicates() == DatasetSpec.Duplicates.KEEP) {
      /* Written or not, it is the same dataset. */
      dataset.clearDuplicates();
    }
    if (dataset.hasSubset() && !dataset.getSubset().hasSeed()) {
      dataset.getSubsetBuilder().setSeed(1);
    }
  }

  /**
   * What must hold.
   *
   * @param kind of the dataset
   */
  static void check(Checks checks, DatasetSpec dataset, DatasetKind kind) {
    boolean drawn = kind.ownSizes();
    for (String field : sourceFields(dataset)) {
      checks.require(
          !drawn, field, "is not for " + kind.name() + ", which draws as many as are asked for");
    }
    checks.require(
        dataset.getClassesCount() == 0 || dataset.getClassGroupsCount() == 0,
        "classGroups",
        "cannot stand beside classes: write one of the two");
    int known = kind.classes(dataset);
    if (dataset.getClassesCount() > 0) {
      checks.require(
          dataset.getClassesCount() >= 2, "classes", "must be at least 2, was one alone");
      classes(checks, "classes", dataset.getClassesList(), new HashSet<>(), known);
    }
    if (dataset.getClassGroupsCount() > 0) {
      checks.require(
          dataset.getClassGroupsCount() >= 2, "classGroups", "must be at least 2, was one alone");
      Set<Integer> seen = new HashSet<>();
      for (int i = 0; i < dataset.getClassGroupsCount(); i++) {
        ClassGroup group = dataset.getClassGroups(i);
        String field = "classGroups[" + i + "].classes";
        checks.require(group.getClassesCount() > 0, field, "must be at least one");
        classes(checks, field, group.getClassesList(), seen, known);
      }
    }
    checkIndices(checks, dataset.getSourceIndicesList());
    if (dataset.hasImbalance()) {
      imbalance(checks.in("imbalance"), dataset.getImbalance(), classes(dataset, known));
    }
    if (dataset.hasSubset()) {
      double share = dataset.getSubset().getShare();
      checks.require(
          share > 0 && share < 1,
          "subset.share",
          "must be in (0, 1)"
              + (dataset.getSubset().hasShare()
                  ? ", was " + TreeReader.number(share)
                  : "; it is not written"));
    }
  }

  private static List<String> sourceFields(DatasetSpec dataset) {
    return List.of("classes", "classGroups", "sourceIndices", "duplicates").stream()
        .filter(
            field ->
                switch (field) {
                  case "classes" -> dataset.getClassesCount() > 0;
                  case "classGroups" -> dataset.getClassGroupsCount() > 0;
                  case "sourceIndices" -> dataset.getSourceIndicesCount() > 0;
                  default -> dataset.getDuplicates() == DatasetSpec.Duplicates.DROP;
                })
        .toList();
  }

  private static void classes(
      Checks checks, String field, List<Integer> classes, Set<Integer> seen, int known) {
    for (int i = 0; i < classes.size(); i++) {
      String at = field + "[" + i + "]";
      long c = Integer.toUnsignedLong(classes.get(i));
      if (known > 0) {
        checks.inRange(at, classes.get(i), 0, known - 1L);
      }
      checks.require(
          seen.add(classes.get(i)), at, "must name each class once, names " + c + " again");
    }
  }

  private static void imbalance(Checks checks, Imbalance imbalance, int classes) {
    int written =
        (imbalance.getSharesCount() > 0 ? 1 : 0)
            + (imbalance.hasExponent() ? 1 : 0)
            + (imbalance.hasRatio() ? 1 : 0);
    checks.require(
        written == 1,
        "",
        "must have one of shares, exponent and ratio, had " + (written == 0 ? "none" : written));
    checks.require(
        imbalance.getSharesCount() == 0 || classes == 0 || imbalance.getSharesCount() == classes,
        "shares",
        "must be one of each class, " + classes + ", were " + imbalance.getSharesCount());
    double largest = 0;
    for (int i = 0; i < imbalance.getSharesCount(); i++) {
      checks.inRange("shares[" + i + "]", imbalance.getShares(i), 0, 1);
      largest = Math.max(largest, imbalance.getShares(i));
    }
    checks.require(imbalance.getSharesCount() == 0 || largest > 0, "shares", "must not all be 0");
    if (imbalance.hasExponent()) {
      double exponent = imbalance.getExponent();
      checks.require(
          exponent > 0 && exponent <= LARGEST_EXPONENT,
          "exponent",
          "must be in (0, 100], was " + TreeReader.number(exponent));
    }
    if (imbalance.hasRatio()) {
      double ratio = imbalance.getRatio();
      checks.require(
          ratio > 1 && ratio <= LARGEST_RATIO,
          "ratio",
          "must be in (1, 1000000], was " + TreeReader.number(ratio));
    }
  }
}
