package dev.rote.spec;

import dev.rote.v1.Family;
import dev.rote.v1.ForEach;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One of those that a claim is made for.
 *
 * @param name what stands in braces for it
 * @param key the label, the text, or the name of the measurement or family
 * @param labels of a family; empty for all else
 * @param word what the sentence says
 */
record Choice(String name, String key, List<String> labels, String word) {
  static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,30}");

  /**
   * All of them, in order.
   *
   * @param checks takes what is wrong, and then fewer may be returned
   */
  static List<Choice> of(FigureReferences references, Checks checks, ForEach each) {
    int kinds =
        (each.hasAxis() ? 1 : 0)
            + (each.getMeasurementsCount() > 0 ? 1 : 0)
            + (each.getFamiliesCount() > 0 ? 1 : 0)
            + (each.getTextsCount() > 0 ? 1 : 0);
    checks.require(
        kinds == 1,
        "",
        "must have exactly one of axis, measurements, families, texts, had " + kinds);
    checks.require(
        each.hasAxis() || each.getLabelsCount() == 0, "labels", "needs the axis beside it");
    checks.require(
        !each.hasName() || NAME.matcher(each.getName()).matches(),
        "name",
        "must be 1 to 31 letters, digits and hyphens, a letter first, was \""
            + each.getName()
            + "\"");
    String name = each.hasName() ? each.getName() : defaultName(each);
    List<Choice> choices = new ArrayList<>();
    if (each.hasAxis()) {
      references.axis(checks, "axis", each.getAxis());
      references.labels(checks, "labels", each.getAxis(), each.getLabelsList());
      List<String> labels =
          each.getLabelsCount() > 0 ? each.getLabelsList() : references.labelsOf(each.getAxis());
      labels.forEach(label -> choices.add(one(each, name, label, List.of())));
    }
    for (int i = 0; i < each.getMeasurementsCount(); i++) {
      references.measurement(checks, "measurements[" + i + "]", each.getMeasurements(i));
      choices.add(one(each, name, each.getMeasurements(i), List.of()));
    }
    for (int i = 0; i < each.getFamiliesCount(); i++) {
      Family family = each.getFamilies(i);
      Checks at = checks.in("families[" + i + "]");
      at.require(!family.getName().isBlank(), "name", "must be written");
      at.require(family.getLabelsCount() > 0, "labels", "must be at least 1, were 0");
      choices.add(one(each, name, family.getName(), family.getLabelsList()));
    }
    each.getTextsList().forEach(text -> choices.add(one(each, name, text, List.of())));
    checks.require(kinds != 1 || !choices.isEmpty(), "", "has nothing that a claim is made for");
    unique(checks, each, choices);
    return choices;
  }

  private static Choice one(ForEach each, String name, String key, List<String> labels) {
    return new Choice(name, key, labels, each.getWordsOrDefault(key, key));
  }

  private static String defaultName(ForEach each) {
    if (each.hasAxis()) {
      return each.getAxis();
    }
    if (each.getMeasurementsCount() > 0) {
      return "measurement";
    }
    return each.getFamiliesCount() > 0 ? "family" : "text";
  }

  private static void unique(Checks checks, ForEach each, List<Choice> choices) {
    Set<String> keys = new HashSet<>();
    for (Choice choice : choices) {
      checks.require(keys.add(choice.key()), "", "names \"" + choice.key() + "\" twice");
    }
    for (String key : each.getWordsMap().keySet()) {
      checks.require(
          keys.contains(key),
          "words",
          "must be of those that the claim is made for, was of \""
              + key
              + "\""
              + NearestName.hint(key, List.copyOf(keys)));
    }
  }
}
