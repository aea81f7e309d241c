package dev.rote.spec;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import java.util.List;
import java.util.OptionalInt;

/**
 * What must hold of any message of a specification before its meaning is looked at: sizes within
 * {@link FieldBounds}, known enums, and text that can be read again wherever it is written down.
 */
final class MessageChecks implements FieldWalk.Visitor {
  private static final String OURS = "rote.v1";

  private final Violations violations;
  private int values;

  private MessageChecks(Violations violations) {
    this.violations = violations;
  }

  /**
   * Checks a message and all within.
   *
   * @throws SpecException with what was found
   */
  static void check(Message message, String path) {
    Violations violations = new Violations();
    FieldWalk.visit(message, path, new MessageChecks(violations));
    violations.throwIfAny();
  }

  @Override
  public boolean field(FieldWalk.Step step, FieldDescriptor field, List<?> found) {
    int most = FieldBounds.items(field);
    if (field.isRepeated() && found.size() > most) {
      violations.add(
          new Violation(step.path(), "must be at most " + most + ", were " + found.size()));
      return false;
    }
    values += found.size();
    if (values > TreeBuilder.MOST_VALUES) {
      violations.add(
          new Violation(
              step.path(),
              "is too much: the whole must hold at most " + TreeBuilder.MOST_VALUES + " values"));
      violations.throwIfAny();
    }
    UnknownEnums.check(step, field, found, violations);
    if (field.getJavaType() == JavaType.ENUM && field.hasPresence() && isOurs(field)) {
      unwritten(step, field, (EnumValueDescriptor) found.get(0));
    }
    if (field.getJavaType() == JavaType.STRING) {
      for (int i = 0; i < found.size(); i++) {
        text(field.isRepeated() ? step.at(i) : step, field, (String) found.get(i));
      }
    }
    return true;
  }

  private static boolean isOurs(FieldDescriptor field) {
    return field.getFile().getPackage().equals(OURS);
  }

  /** What is written as unspecified would have another id than what is not written. */
  private void unwritten(FieldWalk.Step step, FieldDescriptor field, EnumValueDescriptor value) {
    if (value.getNumber() == 0) {
      violations.add(
          new Violation(
              step.path(),
              "must be one of "
                  + UnknownEnums.names(field.getEnumType())
                  + ", or left out, was "
                  + value.getName()));
    }
  }

  private void text(FieldWalk.Step step, FieldDescriptor field, String text) {
    int longest = FieldBounds.length(field);
    if (text.length() > longest) {
      violations.add(
          new Violation(
              step.path(), "must have at most " + longest + " characters, had " + text.length()));
      return;
    }
    OptionalInt unreadable = Characters.unreadable(text);
    if (unreadable.isPresent()) {
      violations.add(
          new Violation(
              step.path(),
              "holds "
                  + Characters.name(unreadable.getAsInt())
                  + ", which is no character of text: leave it out"));
    }
  }
}
