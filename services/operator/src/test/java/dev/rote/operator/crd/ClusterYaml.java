package dev.rote.operator.crd;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** YAML as kubectl reads it, which takes a bare {@code y} for true, also where it is a key. */
public final class ClusterYaml {
  private static final Set<String> TRUE = Set.of("y", "yes", "true", "on");

  private ClusterYaml() {}

  public static Yaml reader() {
    return with(new DumperOptions());
  }

  static Yaml with(DumperOptions options) {
    Resolver resolver = new Resolver();
    resolver.addImplicitResolver(Tag.BOOL, Pattern.compile("[yYnN]"), "yYnN");
    LoaderOptions loading = new LoaderOptions();
    return new Yaml(new Booleans(loading), new Representer(options), options, loading, resolver);
  }

  private static final class Booleans extends SafeConstructor {
    Booleans(LoaderOptions options) {
      super(options);
      yamlConstructors.put(
          Tag.BOOL,
          new AbstractConstruct() {
            @Override
            public Object construct(Node node) {
              return TRUE.contains(((ScalarNode) node).getValue().toLowerCase(Locale.ROOT));
            }
          });
    }
  }
}
