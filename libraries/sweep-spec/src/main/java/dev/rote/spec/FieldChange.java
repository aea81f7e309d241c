package dev.rote.spec;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Value;
import dev.rote.spec.Tree.Entry;
import dev.rote.spec.Tree.Kind;
import dev.rote.spec.Tree.Mapping;
import dev.rote.spec.Tree.Scalar;
import dev.rote.spec.Tree.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A change of one field of a document, such as {@code spec.axes[0].values=[1, 2]}, made before the
 * document is bound: what it sets is checked as if it had been written there.
 *
 * @param steps from the whole document to the field
 * @param value what the field becomes; null, and it counts as not written
 * @param where the change in brackets
 */
record FieldChange(List<Step> steps, Tree value, Place.Beside where) {
  private static final Pattern STEP = Pattern.compile("([^\\[\\]]+)(?:\\[(\\d{1,9})])?");
  private static final int LONGEST_SHOWN = 60;
  private static final int WHOLE = -1;

  /**
   * One field on the way.
   *
   * @param index position in the list that the field is; {@link #WHOLE} for the field itself
   * @param path up to here, for messages
   */
  record Step(String name, int index, String path) {}

  /**
   * Reads {@code PATH=VALUE}, the value as YAML.
   *
   * @throws SpecException when it is not of that form
   */
  static FieldChange parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 1 || text.substring(equals + 1).isBlank()) {
      throw new SpecException(
          "", "a change must be PATH=VALUE, such as spec.repetitions=2, was \"" + text + "\"");
    }
    String path = text.substring(0, equals).strip();
    List<Step> steps = new ArrayList<>();
    for (String part : path.split("\\.", -1)) {
      Matcher matcher = STEP.matcher(part);
      if (!matcher.matches()) {
        throw new SpecException(
            path, "must be fields joined by dots, those in lists with [0], [1] and so on behind");
      }
      String before = steps.isEmpty() ? "" : steps.get(steps.size() - 1).path() + ".";
      int index = matcher.group(2) == null ? WHOLE : Integer.parseInt(matcher.group(2));
      steps.add(new Step(matcher.group(1), index, before + part));
    }
    String shown = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
    Place.Beside where = new Place.Beside("(in " + shown + ")");
    Tree value =
        TreeReader.read(
            text.substring(equals + 1), "the value of " + path, (line, column) -> where);
    return new FieldChange(List.copyOf(steps), value, where);
  }

  /**
   * The document with the change made.
   *
   * @param type what the document is to be bound to
   * @throws SpecException when the path leads nowhere
   */
  Tree applyTo(Tree document, Descriptor type) {
    return inMessage(document, type, 0);
  }

  private Tree inMessage(Tree tree, Descriptor type, int at) {
    Step step = steps.get(at);
    FieldDescriptor field = MessageBinder.field(type, step.name());
    if (field == null) {
      throw new SpecException(
          List.of(
              where.violation(
                  step.path(), "there is no such field" + MessageBinder.hint(step.name(), type))));
    }
    Mapping mapping = mapping(tree, at);
    List<Entry> entries = new ArrayList<>();
    boolean written = false;
    for (Entry entry : mapping.entries()) {
      boolean found = field.equals(MessageBinder.field(type, entry.key()));
      written |= found;
      entries.add(
          found ? new Entry(entry.key(), inField(entry.value(), field, at), entry.where()) : entry);
    }
    if (!written) {
      entries.add(new Entry(field.getJsonName(), inField(nothing(), field, at), where));
    }
    return new Mapping(entries, mapping.where());
  }

  private Tree inField(Tree tree, FieldDescriptor field, int at) {
    Step step = steps.get(at);
    boolean list = field.isRepeated() && !field.isMapField();
    if (step.index() != WHOLE) {
      if (!list) {
        throw new SpecException(step.path(), "is no list: leave out [" + step.index() + "]");
      }
      return inList(tree, field, at);
    }
    if (at == steps.size() - 1) {
      return value;
    }
    if (list) {
      throw new SpecException(
          step.path(), "is a list: say which one of it, such as " + step.name() + "[0]");
    }
    return field.isMapField() ? inMap(tree, at + 1) : below(tree, field, at);
  }

  private Tree inList(Tree tree, FieldDescriptor field, int at) {
    Step step = steps.get(at);
    List<Tree> items = tree instanceof Sequence list ? new ArrayList<>(list.items()) : List.of();
    if (step.index() >= items.size()) {
      throw new SpecException(
          step.path(),
          items.isEmpty()
              ? "there is none of these to change"
              : "there are "
                  + items.size()
                  + " of these, the last one is ["
                  + (items.size() - 1)
                  + "]");
    }
    Tree item = items.get(step.index());
    items.set(step.index(), at == steps.size() - 1 ? value : below(item, field, at));
    return new Sequence(items, tree.where());
  }

  private Tree inMap(Tree tree, int at) {
    Step key = steps.get(at);
    if (at < steps.size() - 1 || key.index() != WHOLE) {
      throw new SpecException(key.path(), "holds text, which has no fields");
    }
    Mapping mapping = mapping(tree, at);
    List<Entry> entries = new ArrayList<>(mapping.entries());
    entries.removeIf(entry -> entry.key().equals(key.name()));
    entries.add(new Entry(key.name(), value, where));
    return new Mapping(entries, mapping.where());
  }

  private Tree below(Tree tree, FieldDescriptor field, int at) {
    boolean message =
        field.getJavaType() == JavaType.MESSAGE
            && !field.getMessageType().getFullName().equals(Value.getDescriptor().getFullName());
    if (!message) {
      throw new SpecException(steps.get(at).path(), "holds a single value, which has no fields");
    }
    return inMessage(tree, field.getMessageType(), at + 1);
  }

  private Mapping mapping(Tree tree, int at) {
    if (tree instanceof Mapping mapping) {
      return mapping;
    }
    if (tree instanceof Scalar scalar && scalar.kind() == Kind.NULL) {
      return new Mapping(List.of(), where);
    }
    String path = at == 0 ? "" : steps.get(at - 1).path();
    throw new SpecException(
        List.of(tree.where().violation(path, "must be a mapping of fields, was " + tree.brief())));
  }

  private Tree nothing() {
    return new Scalar("null", Kind.NULL, where);
  }
}
