package dev.rote.spec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.rote.spec.Tree.Kind;
import dev.rote.spec.Tree.Scalar;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads JSON, strictly by RFC 8259. */
final class JsonTrees {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(TreeBuilder.DEEPEST + 1)
                  .maxNameLength(TreeReader.MOST_CHARACTERS)
                  .maxNumberLength(TreeReader.MOST_CHARACTERS)
                  .maxStringLength(TreeReader.MOST_CHARACTERS)
                  .build())
          .build();

  /** What was read is no JSON. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    final transient SpecException refusal;

    Malformed(SpecException refusal) {
      super(refusal);
      this.refusal = refusal;
    }
  }

  private JsonTrees() {}

  /** Whether a text looks more like JSON than like YAML. */
  static boolean looksLike(String text) {
    int first = afterSpace(text, text.startsWith("\ufeff") ? 1 : 0);
    if (first == text.length()) {
      return false;
    }
    int second = afterSpace(text, first + 1);
    return switch (text.charAt(first)) {
      case '{' -> second < text.length() && "\"}".indexOf(text.charAt(second)) >= 0;
      case '[', '"' -> true;
      default -> false;
    };
  }

  private static int afterSpace(String text, int from) {
    int at = from;
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  /**
   * @param source name for messages
   * @param places where a location lies
   * @throws Malformed unless it is JSON
   * @throws SpecException when it is more than one value, too much, or has a key twice
   */
  static Tree read(String text, String source, TreeReader.Places places) throws Malformed {
    TreeBuilder builder = new TreeBuilder(source);
    String json = text.startsWith("\ufeff") ? text.substring(1) : text;
    try (JsonParser parser = JSON.createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        Place where = place(parser.currentTokenLocation(), places);
        if (builder.tree().isPresent()) {
          throw TreeBuilder.refused(source + " must end after one value of JSON", where);
        }
        take(token, parser, where, builder);
      }
      return builder.tree().orElseThrow();
    } catch (JsonProcessingException e) {
      String problem = String.valueOf(e.getOriginalMessage());
      Place where = e.getLocation() == null ? Place.unknown() : place(e.getLocation(), places);
      throw new Malformed(
          TreeBuilder.refused(source + " is neither YAML nor JSON: " + problem, where));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  private static Place place(JsonLocation location, TreeReader.Places places) {
    return places.at(location.getLineNr(), location.getColumnNr());
  }

  private static void take(JsonToken token, JsonParser parser, Place where, TreeBuilder builder)
      throws IOException {
    switch (token) {
      case START_OBJECT -> builder.start(true, where);
      case START_ARRAY -> builder.start(false, where);
      case END_OBJECT, END_ARRAY -> builder.end();
      case FIELD_NAME -> builder.key(parser.getText(), where);
      case VALUE_STRING -> builder.scalar(new Scalar(parser.getText(), Kind.TEXT, where));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          builder.scalar(new Scalar(parser.getText(), Kind.NUMBER, where));
      case VALUE_TRUE, VALUE_FALSE ->
          builder.scalar(new Scalar(parser.getText(), Kind.BOOLEAN, where));
      case VALUE_NULL -> builder.scalar(new Scalar("null", Kind.NULL, where));
      case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("text holds no " + token);
    }
  }
}
