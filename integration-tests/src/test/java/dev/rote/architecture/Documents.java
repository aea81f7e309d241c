package dev.rote.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** YAML as trees. */
final class Documents {
  private Documents() {}

  /** All YAML files below a directory. */
  static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  static List<Map<String, Object>> of(Path file) throws IOException {
    List<Map<String, Object>> documents = new ArrayList<>();
    new Yaml().loadAll(Files.readString(file)).forEach(document -> documents.add(map(document)));
    return documents;
  }

  static String name(Map<String, Object> manifest) {
    return text(at(manifest, "metadata", "name"));
  }

  static Object at(Map<String, Object> node, String... keys) {
    Object found = node;
    for (String key : keys) {
      found = map(found).get(key);
    }
    return found;
  }

  static String text(Object node) {
    return String.valueOf(node);
  }

  static List<?> list(Object node) {
    return (List<?>) node;
  }

  @SuppressWarnings("unchecked") // YAML of mappings keyed by words.
  static Map<String, Object> map(Object node) {
    return (Map<String, Object>) node;
  }
}
