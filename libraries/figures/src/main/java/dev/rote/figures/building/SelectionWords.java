package dev.rote.figures.building;

import dev.rote.v1.ClassGroup;
import dev.rote.v1.DatasetSpec;
import dev.rote.v1.Imbalance;
import dev.rote.v1.RepeatedExamples;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Which examples of a dataset are trained on, and how often, in plain words. */
final class SelectionWords {
  private SelectionWords() {}

  static List<Phrase> of(DatasetSpec dataset) {
    List<Phrase> phrases = new ArrayList<>();
    if (dataset.getClassesCount() > 0) {
      phrases.add(Phrase.of("classes", "classes ", numbers(dataset.getClassesList()), ""));
    }
    if (dataset.getClassGroupsCount() > 0) {
      String groups =
          dataset.getClassGroupsList().stream()
              .map(ClassGroup::getClassesList)
              .map(SelectionWords::numbers)
              .collect(Collectors.joining(" | "));
      phrases.add(Phrase.of("classes", "classes merged: ", groups, ""));
    }
    if (dataset.getSourceIndicesCount() > 0) {
      String count = Wording.grouped(dataset.getSourceIndicesCount());
      phrases.add(Phrase.of("examples", "", count, " listed examples"));
    }
    if (dataset.getDuplicates() == DatasetSpec.Duplicates.DROP) {
      phrases.add(Phrase.of("duplicates", "", "without duplicates", "").orElse("with duplicates"));
    }
    if (dataset.hasImbalance()) {
      phrases.add(Phrase.of("imbalance", "imbalanced: ", imbalance(dataset.getImbalance()), ""));
    }
    if (dataset.hasSubset()) {
      String share = Wording.number(dataset.getSubset().getShare());
      phrases.add(Phrase.of("subset", "a random ", share, " of the training examples"));
    }
    return phrases;
  }

  static Phrase of(RepeatedExamples repeated) {
    String which =
        repeated.getSourceIndicesCount() > 0
            ? repeated.getSourceIndicesCount() + " listed"
            : Wording.number(repeated.getShare())
                + " of the "
                + (repeated.getOf() == RepeatedExamples.Of.ANY
                    ? ""
                    : repeated.getOf().name().toLowerCase(Locale.ROOT) + " ")
                + "examples";
    return Phrase.of(
        "repeated",
        "repeated: ",
        which + ", " + Wording.grouped(repeated.getTimes()) + " times",
        "");
  }

  private static String imbalance(Imbalance imbalance) {
    if (imbalance.hasExponent()) {
      return "long tail of exponent " + Wording.number(imbalance.getExponent());
    }
    return imbalance.hasRatio()
        ? "long tail of ratio " + Wording.number(imbalance.getRatio())
        : imbalance.getSharesList().stream().map(Wording::number).collect(Collectors.joining(", "));
  }

  private static String numbers(List<Integer> numbers) {
    return numbers.stream().map(Integer::toUnsignedString).collect(Collectors.joining(", "));
  }
}
