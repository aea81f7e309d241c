package dev.rote.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.yaml.snakeyaml.Yaml;

/** Kafka's users in the overlay of production, with their rules as a broker keeps them. */
final class ProductionUsers {
  private static final Path USERS =
      DocumentationIT.HOME.resolve("k8s/overlays/production/users.yaml");

  private ProductionUsers() {}

  /** Rules by the user's name. */
  static Map<String, List<AclBinding>> rules() throws IOException {
    Map<String, List<AclBinding>> rules = new LinkedHashMap<>();
    for (Object document : new Yaml().loadAll(Files.readString(USERS))) {
      String user = String.valueOf(at(at(document, "metadata"), "name"));
      List<AclBinding> own = new ArrayList<>();
      for (Object rule : (List<?>) at(at(at(document, "spec"), "authorization"), "acls")) {
        add(user, rule, own);
      }
      rules.put(user, own);
    }
    assertThat(rules).hasSize(5);
    return rules;
  }

  private static Object at(Object node, String key) {
    return Objects.requireNonNull(((Map<?, ?>) node).get(key), key);
  }

  private static void add(String user, Object rule, List<AclBinding> rules) {
    Object resource = at(rule, "resource");
    ResourcePattern pattern =
        new ResourcePattern(
            ResourceType.valueOf(upper(at(resource, "type"))),
            String.valueOf(at(resource, "name")),
            at(resource, "patternType").equals("prefix")
                ? PatternType.PREFIXED
                : PatternType.LITERAL);
    for (Object operation : (List<?>) at(rule, "operations")) {
      rules.add(
          new AclBinding(
              pattern,
              new AccessControlEntry(
                  "User:" + user,
                  "*",
                  AclOperation.valueOf(upper(operation)),
                  AclPermissionType.ALLOW)));
    }
  }

  private static String upper(Object camelCase) {
    return String.valueOf(camelCase).replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
  }
}
