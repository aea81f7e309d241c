package dev.rote.spec;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import dev.rote.v1.Sweep;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Represent;
import org.yaml.snakeyaml.representer.Representer;

/** Sweep files: YAML or JSON on one side, messages on the other. */
public final class SweepFiles {
  /** The only version there is. */
  public static final String API_VERSION = "rote.dev/v1";

  /** The only kind there is. */
  public static final String KIND = "Sweep";

  private SweepFiles() {}

  /**
   * Reads a sweep strictly: unknown fields and wrong types are refused. Values are not checked;
   * {@link SweepValidator} does that.
   *
   * @param source name of the file or topic, for messages
   * @throws SpecException with every violation found
   */
  public static Sweep parse(String text, String source) {
    return parse(text, source, List.of());
  }

  /**
   * Reads a sweep strictly, with fields of it changed first.
   *
   * @param source name of the file or topic, for messages
   * @param changes each as {@code PATH=VALUE}, such as {@code spec.axes[0].values=[1, 2]}: the
   *     value is YAML and replaces what is written there; null, and the field counts as not written
   * @throws SpecException with every violation found
   */
  public static Sweep parse(String text, String source, List<String> changes) {
    return bind(tree(text, source, changes));
  }

  /**
   * Reads a sweep that no person wrote, such as the spec of a resource: violations name no line.
   *
   * @param source name for messages
   * @throws SpecException with every violation found
   */
  public static Sweep parseGenerated(String json, String source) {
    return bind(TreeReader.read(json, source, (line, column) -> Place.unknown()));
  }

  /**
   * Reads a sweep as {@link #parse(String, String, List)} does and checks it: violations of what is
   * written say where.
   *
   * @throws SpecException with every violation found
   */
  public static Sweep parseValid(String text, String source, List<String> changes) {
    Tree tree = tree(text, source, changes);
    Sweep sweep = bind(tree);
    try {
      SweepValidator.check(sweep);
    } catch (SpecException e) {
      TreePlaces places = new TreePlaces(tree);
      throw new SpecException(e.violations().stream().map(places::placed).toList());
    }
    return sweep;
  }

  /**
   * What a service found wrong with a sweep that was read from a text, each with where it is
   * written if that is known. Paths of its variants begin with {@code variant.}
   *
   * @param text of a sweep that could be read
   */
  public static List<Violation> placed(String text, String source, List<Violation> violations) {
    TreePlaces places = new TreePlaces(TreeReader.read(text, source));
    return violations.stream().map(places::placed).toList();
  }

  private static Tree tree(String text, String source, List<String> changes) {
    Tree tree = TreeReader.read(text, source);
    for (FieldChange change : FieldChanges.parse(changes, Sweep.getDescriptor())) {
      tree = change.applyTo(tree, Sweep.getDescriptor());
    }
    return tree;
  }

  private static Sweep bind(Tree tree) {
    Sweep.Builder sweep = Sweep.newBuilder();
    MessageBinder binder = new MessageBinder();
    binder.bind(tree, sweep, "");
    binder.violations().throwIfAny();
    return sweep.build();
  }

  /** The proto JSON mapping of a message, indented. */
  public static String toJson(MessageOrBuilder message) {
    try {
      return JsonFormat.printer().print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(
          "not printable: " + message.getDescriptorForType().getFullName(), e);
    }
  }

  /** The proto JSON mapping of a message, as YAML. */
  public static String toYaml(MessageOrBuilder message) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setIndent(2);
    return new Yaml(new TextRepresenter(options), options)
        .dump(plain(TreeReader.read(toJson(message), "the message")));
  }

  /** Writes text that holds what is no character with escapes, not as bytes under a tag. */
  private static final class TextRepresenter extends Representer {
    TextRepresenter(DumperOptions options) {
      super(options);
      Represent text = Objects.requireNonNull(representers.get(String.class));
      representers.put(
          String.class,
          data ->
              Characters.unreadable((String) data).isEmpty()
                  ? text.representData(data)
                  : representScalar(
                      Tag.STR, (String) data, DumperOptions.ScalarStyle.DOUBLE_QUOTED));
    }
  }

  /** A tree as what the writer of YAML takes: maps, lists, text, numbers. */
  private static @Nullable Object plain(Tree tree) {
    if (tree instanceof Tree.Mapping mapping) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      mapping.entries().forEach(entry -> fields.put(entry.key(), plain(entry.value())));
      return fields;
    }
    if (tree instanceof Tree.Sequence sequence) {
      List<@Nullable Object> items = new ArrayList<>();
      sequence.items().forEach(item -> items.add(plain(item)));
      return items;
    }
    Tree.Scalar scalar = (Tree.Scalar) tree;
    return switch (scalar.kind()) {
      case TEXT -> scalar.text();
      case BOOLEAN -> Boolean.valueOf(scalar.text());
      case NULL -> null;
      case NUMBER ->
          scalar.text().chars().allMatch(c -> c == '-' || Character.isDigit(c))
              ? new BigInteger(scalar.text())
              : Double.valueOf(scalar.text());
    };
  }
}
