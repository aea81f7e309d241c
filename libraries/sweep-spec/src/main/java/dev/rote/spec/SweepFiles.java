package dev.rote.spec;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import dev.rote.v1.Sweep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
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
    Tree tree = TreeReader.read(text, source);
    for (FieldChange change : FieldChanges.parse(changes, Sweep.getDescriptor())) {
      tree = change.applyTo(tree, Sweep.getDescriptor());
    }
    Sweep.Builder sweep = Sweep.newBuilder();
    bind(tree, sweep);
    return sweep.build();
  }

  static void bind(Tree tree, Message.Builder into) {
    MessageBinder binder = new MessageBinder();
    binder.bind(tree, into, "");
    if (!binder.violations().isEmpty()) {
      throw new SpecException(binder.violations());
    }
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
    Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(toJson(message));
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setIndent(2);
    return new Yaml(new Representer(options), options)
        .dump(tree == null ? new LinkedHashMap<>(Map.of()) : tree);
  }
}
