package dev.rote.spec;

import com.google.protobuf.Value;
import dev.rote.spec.Tree.Entry;
import dev.rote.spec.Tree.Kind;
import dev.rote.spec.Tree.Mapping;
import dev.rote.spec.Tree.Scalar;
import dev.rote.spec.Tree.Sequence;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads YAML, and JSON as the part of YAML that it is, into a {@link Tree}. */
final class TreeReader {
  /*
   * Plain scalars are resolved by JSON's rules rather than YAML 1.1's: `1e-3` is a number, `no` is
   * text. Anchors are refused: expanding them is how small files become large.
   */
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d[\\d_]*(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?");
  private static final int MAX_CHARACTERS = 3_000_000;
  private static final int MAX_DEPTH = 40;

  private TreeReader() {}

  /**
   * @param source name for messages
   */
  static Tree read(String text, String source) {
    return convert(
        compose(text, source), new HashSet<>(), line -> "(line " + (line.getLine() + 1) + ")");
  }

  /**
   * @param source name for messages
   * @param where what the tree says of where it stands, instead of a line
   */
  static Tree read(String text, String source, String where) {
    return convert(compose(text, source), new HashSet<>(), line -> where);
  }

  private static Node compose(String text, String source) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAX_CHARACTERS);
    options.setMaxAliasesForCollections(0);
    options.setNestingDepthLimit(MAX_DEPTH);
    try {
      List<Node> documents = new ArrayList<>();
      for (Node document :
          new Yaml(new SafeConstructor(options)).composeAll(new StringReader(text))) {
        documents.add(document);
      }
      if (documents.size() != 1) {
        throw new SpecException(
            "", source + " must hold exactly one document, held " + documents.size());
      }
      return documents.get(0);
    } catch (MarkedYAMLException e) {
      String line =
          e.getProblemMark() == null ? "" : " (line " + (e.getProblemMark().getLine() + 1) + ")";
      throw new SpecException("", source + " is neither YAML nor JSON: " + e.getProblem() + line);
    } catch (YAMLException e) {
      throw new SpecException("", source + " is neither YAML nor JSON: " + e.getMessage());
    }
  }

  private static Tree convert(Node node, Set<Node> seen, Function<Mark, String> place) {
    String where = place.apply(node.getStartMark());
    if (node.getAnchor() != null || !seen.add(node)) {
      throw new SpecException(
          "", "anchors and aliases are not accepted " + where + ": write the value out");
    }
    if (node instanceof ScalarNode scalar) {
      return new Scalar(scalar.getValue(), kind(scalar), where);
    }
    if (node instanceof SequenceNode sequence) {
      return new Sequence(
          sequence.getValue().stream().map(item -> convert(item, seen, place)).toList(), where);
    }
    List<Entry> entries = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (NodeTuple tuple : ((MappingNode) node).getValue()) {
      String at = place.apply(tuple.getKeyNode().getStartMark());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw new SpecException("", "a key must be a word " + at);
      }
      if (!keys.add(key.getValue())) {
        throw new SpecException("", "the key " + key.getValue() + " is written twice " + at);
      }
      entries.add(new Entry(key.getValue(), convert(tuple.getValueNode(), seen, place), at));
    }
    return new Mapping(entries, where);
  }

  private static Kind kind(ScalarNode scalar) {
    if (scalar.getScalarStyle() != ScalarStyle.PLAIN) {
      return Kind.TEXT;
    }
    String text = scalar.getValue();
    if (text.equals("true") || text.equals("false")) {
      return Kind.BOOLEAN;
    }
    if (text.isEmpty() || text.equals("null") || text.equals("~")) {
      return Kind.NULL;
    }
    return NUMBER.matcher(text).matches() ? Kind.NUMBER : Kind.TEXT;
  }

  /** The tree of a JSON value held in a message. */
  static Tree of(Value value) {
    return switch (value.getKindCase()) {
      case NUMBER_VALUE -> new Scalar(number(value.getNumberValue()), Kind.NUMBER, "");
      case STRING_VALUE -> new Scalar(value.getStringValue(), Kind.TEXT, "");
      case BOOL_VALUE -> new Scalar(Boolean.toString(value.getBoolValue()), Kind.BOOLEAN, "");
      case LIST_VALUE ->
          new Sequence(
              value.getListValue().getValuesList().stream().map(TreeReader::of).toList(), "");
      case STRUCT_VALUE ->
          new Mapping(
              value.getStructValue().getFieldsMap().entrySet().stream()
                  .sorted(java.util.Map.Entry.comparingByKey())
                  .map(field -> new Entry(field.getKey(), of(field.getValue()), ""))
                  .toList(),
              "");
      case NULL_VALUE, KIND_NOT_SET -> new Scalar("null", Kind.NULL, "");
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
