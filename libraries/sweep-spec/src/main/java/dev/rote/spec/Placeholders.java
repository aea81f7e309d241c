package dev.rote.spec;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import dev.rote.v1.ClaimSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is written in braces in a claim, replaced by that which one of its claims is made for. */
final class Placeholders {
  private static final Pattern IN_BRACES = Pattern.compile("\\{(" + Choice.NAME.pattern() + ")}");

  private final List<Choice> choices;
  private final Set<String> used = new HashSet<>();

  private Placeholders(List<Choice> choices) {
    this.choices = choices;
  }

  /**
   * The claim for one choice of each.
   *
   * @param checks of the claim: takes what is wrong
   */
  static ClaimSpec replace(Checks checks, ClaimSpec written, List<Choice> choices) {
    ClaimSpec.Builder claim = written.toBuilder().clearForEach().clearInTurn().clearClaim();
    Placeholders fields = new Placeholders(choices);
    fields.message(checks, claim);
    Placeholders sentence = new Placeholders(choices);
    FieldDescriptor text =
        ClaimSpec.getDescriptor().findFieldByNumber(ClaimSpec.CLAIM_FIELD_NUMBER);
    claim.setClaim(sentence.text(checks, "claim", text, written.getClaim(), true));
    for (Choice choice : choices) {
      checks.require(
          sentence.used.contains(choice.name()),
          "claim",
          "must say {" + choice.name() + "}, or the verdicts could not be told apart");
      checks.require(
          fields.used.contains(choice.name()),
          "",
          "must use {" + choice.name() + "} in what is judged, or all verdicts would be the same");
    }
    return claim.build();
  }

  private void message(Checks at, Message.Builder builder) {
    for (Map.Entry<FieldDescriptor, Object> entry : builder.getAllFields().entrySet()) {
      FieldDescriptor field = entry.getKey();
      String name = field.getJsonName();
      if (field.getJavaType() == JavaType.STRING) {
        builder.setField(
            field,
            field.isRepeated()
                ? list(at, field, (List<?>) entry.getValue())
                : text(at, name, field, (String) entry.getValue(), false));
      } else if (field.isMapField()) {
        map(at.in(name), builder, field, (List<?>) entry.getValue());
      } else if (field.getJavaType() == JavaType.MESSAGE && !field.isRepeated()) {
        message(at.in(name), builder.getFieldBuilder(field));
      }
    }
  }

  /** Values of a map from text to text. */
  private void map(Checks at, Message.Builder builder, FieldDescriptor field, List<?> entries) {
    FieldDescriptor key = field.getMessageType().findFieldByName("key");
    FieldDescriptor value = field.getMessageType().findFieldByName("value");
    for (int i = 0; i < entries.size(); i++) {
      Message entry = (Message) entries.get(i);
      String name = (String) entry.getField(key);
      String text = text(at, name, value, (String) entry.getField(value), false);
      builder.setRepeatedField(field, i, entry.toBuilder().setField(value, text).build());
    }
  }

  private List<String> list(Checks at, FieldDescriptor field, List<?> written) {
    List<String> items = new ArrayList<>();
    int most = FieldBounds.items(field);
    for (int i = 0; i < written.size() && items.size() <= most; i++) {
      String item = (String) written.get(i);
      @Nullable Choice family = family(item);
      if (family != null) {
        used.add(family.name());
        items.addAll(family.labels());
      } else {
        items.add(text(at, field.getJsonName() + "[" + i + "]", field, item, false));
      }
    }
    at.require(
        items.size() <= most,
        field.getJsonName(),
        "must be at most " + most + " with all families");
    return items;
  }

  private @Nullable Choice family(String item) {
    return choices.stream()
        .filter(choice -> !choice.labels().isEmpty() && item.equals("{" + choice.name() + "}"))
        .findFirst()
        .orElse(null);
  }

  private String text(Checks at, String path, FieldDescriptor field, String text, boolean words) {
    Matcher matcher = IN_BRACES.matcher(text);
    StringBuilder replaced = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(1);
      @Nullable Choice choice =
          choices.stream().filter(one -> one.name().equals(name)).findFirst().orElse(null);
      if (choice == null) {
        List<String> names = choices.stream().map(Choice::name).toList();
        at.violate(
            path,
            "has {" + name + "}, which forEach does not name" + NearestName.hint(name, names));
        return text;
      }
      if (!words && !choice.labels().isEmpty()) {
        at.violate(
            path, "cannot be {" + name + "}: a family of labels is for an item of a list alone");
        return text;
      }
      used.add(name);
      matcher.appendReplacement(
          replaced, Matcher.quoteReplacement(words ? choice.word() : choice.key()));
    }
    matcher.appendTail(replaced);
    int longest = FieldBounds.length(field);
    at.require(
        replaced.length() <= longest,
        path,
        "must have at most " + longest + " characters, had " + replaced.length());
    return replaced.toString();
  }
}
