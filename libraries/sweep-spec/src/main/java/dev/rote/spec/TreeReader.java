package dev.rote.spec;

import com.google.protobuf.Value;
import dev.rote.spec.Tree.Entry;
import dev.rote.spec.Tree.Kind;
import dev.rote.spec.Tree.Mapping;
import dev.rote.spec.Tree.Scalar;
import dev.rote.spec.Tree.Sequence;
import java.math.BigDecimal;

/**
 * Reads documents into a {@link Tree}: what looks like JSON by a parser of JSON, all else as YAML.
 */
final class TreeReader {
  static final int MOST_CHARACTERS = 3_000_000;

  private TreeReader() {}

  /** Where a line and a column lie, both from 1. */
  @FunctionalInterface
  interface Places {
    Place at(int line, int column);
  }

  /**
   * @param source name for messages
   */
  static Tree read(String text, String source) {
    return read(text, source, (line, column) -> new Place.At(source, line, column));
  }

  /**
   * @param source name for messages
   * @param places what the tree says of where it stands
   */
  static Tree read(String text, String source, Places places) {
    if (text.length() > MOST_CHARACTERS) {
      throw new SpecException(
          "",
          source + " must have at most " + MOST_CHARACTERS + " characters, had " + text.length());
    }
    if (!JsonTrees.looksLike(text)) {
      return yaml(text, source, places);
    }
    try {
      return JsonTrees.read(text, source, places);
    } catch (JsonTrees.Malformed json) {
      /* YAML may begin like JSON; what is neither looked like JSON. */
      try {
        return yaml(text, source, places);
      } catch (SpecException yaml) {
        throw json.refusal;
      }
    }
  }

  private static Tree yaml(String text, String source, Places places) {
    return YamlTrees.read(
        text, source, mark -> places.at(mark.getLine() + 1, mark.getColumn() + 1));
  }

  /** The tree of a JSON value held in a message. */
  static Tree of(Value value) {
    return switch (value.getKindCase()) {
      case NUMBER_VALUE -> new Scalar(number(value.getNumberValue()), Kind.NUMBER, Place.unknown());
      case STRING_VALUE -> new Scalar(value.getStringValue(), Kind.TEXT, Place.unknown());
      case BOOL_VALUE ->
          new Scalar(Boolean.toString(value.getBoolValue()), Kind.BOOLEAN, Place.unknown());
      case LIST_VALUE ->
          new Sequence(
              value.getListValue().getValuesList().stream().map(TreeReader::of).toList(),
              Place.unknown());
      case STRUCT_VALUE ->
          new Mapping(
              value.getStructValue().getFieldsMap().entrySet().stream()
                  .sorted(java.util.Map.Entry.comparingByKey())
                  .map(field -> new Entry(field.getKey(), of(field.getValue()), Place.unknown()))
                  .toList(),
              Place.unknown());
      case NULL_VALUE, KIND_NOT_SET -> new Scalar("null", Kind.NULL, Place.unknown());
    };
  }

  /** The shortest decimal form, without a fraction where there is none. */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    BigDecimal decimal = BigDecimal.valueOf(value).stripTrailingZeros();
    return decimal.scale() <= 0 && decimal.precision() - decimal.scale() <= 20
        ? decimal.toBigInteger().toString()
        : decimal.toPlainString().length() <= 12 ? decimal.toPlainString() : decimal.toString();
  }
}
