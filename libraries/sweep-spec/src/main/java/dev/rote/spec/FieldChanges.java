package dev.rote.spec;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes that are made to one document in turn: none undoes what another has set. */
final class FieldChanges {
  private FieldChanges() {}

  /**
   * Reads changes, each as {@code PATH=VALUE}.
   *
   * @param type what the document is to be bound to
   * @throws SpecException when one is not of that form, or sets again what one before it has set:
   *     the same field, under whichever of its names, or one that holds it
   */
  static List<FieldChange> parse(List<String> texts, Descriptor type) {
    List<FieldChange> changes = texts.stream().map(FieldChange::parse).toList();
    List<List<String>> targets = changes.stream().map(change -> target(change, type)).toList();
    List<Violation> violations = new ArrayList<>();
    for (int later = 0; later < changes.size(); later++) {
      for (int earlier = 0; earlier < later; earlier++) {
        if (holds(targets.get(later), targets.get(earlier))) {
          List<FieldChange.Step> steps = changes.get(later).steps();
          violations.add(
              new Violation(
                  steps.get(steps.size() - 1).path(),
                  "is set twice, "
                      + changes.get(earlier).where().note()
                      + " and "
                      + changes.get(later).where().note()
                      + ": leave one of them out"));
        }
      }
    }
    if (!violations.isEmpty()) {
      throw new SpecException(violations);
    }
    return changes;
  }

  /* Names as JSON has them, a place in a list a word of its own. */
  private static List<String> target(FieldChange change, Descriptor type) {
    List<String> words = new ArrayList<>();
    @Nullable Descriptor at = type;
    for (FieldChange.Step step : change.steps()) {
      FieldDescriptor field = at == null ? null : MessageBinder.field(at, step.name());
      words.add(field == null ? step.name() : field.getJsonName());
      if (step.index() >= 0) {
        words.add(Integer.toString(step.index()));
      }
      at = field == null ? null : below(field);
    }
    return words;
  }

  private static @Nullable Descriptor below(FieldDescriptor field) {
    boolean message = field.getJavaType() == JavaType.MESSAGE && !field.isMapField();
    return message ? field.getMessageType() : null;
  }

  private static boolean holds(List<String> outer, List<String> inner) {
    return outer.size() <= inner.size() && inner.subList(0, outer.size()).equals(outer);
  }
}
