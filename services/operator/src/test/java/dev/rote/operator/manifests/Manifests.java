package dev.rote.operator.manifests;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rote.operator.crd.ClusterYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Manifests as they lie in the tree and as kustomize makes them. */
final class Manifests {
  static final Path K8S = Path.of("..", "..", "k8s");

  private Manifests() {}

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(K8S)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  static List<Map<String, Object>> documents(String yaml) {
    List<Map<String, Object>> documents = new ArrayList<>();
    ClusterYaml.reader().loadAll(yaml).forEach(document -> documents.add(map(document)));
    return documents;
  }

  /** What an overlay makes; skips the test where there is no kubectl. */
  static List<Map<String, Object>> overlay(Path directory) throws Exception {
    assumeTrue(kubectl(), "there is no kubectl on this machine");
    Path out = Files.createTempFile("overlay", ".yaml");
    Path err = Files.createTempFile("overlay", ".err");
    Process process =
        new ProcessBuilder("kubectl", "kustomize", directory.toString())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new AssertionError(directory + ": " + Files.readString(err));
    }
    return documents(Files.readString(out));
  }

  private static boolean kubectl() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "kubectl")));
  }

  /** The node at the end of keys. */
  static @Nullable Object at(Object node, String... keys) {
    Object found = node;
    for (String key : keys) {
      found = found == null ? null : map(found).get(key);
    }
    return found;
  }

  static String text(Object node, String... keys) {
    return String.valueOf(at(node, keys));
  }

  static List<Map<String, Object>> list(Object node, String... keys) {
    return ((List<?>) Objects.requireNonNullElse(at(node, keys), List.of()))
        .stream().map(Manifests::map).toList();
  }

  @SuppressWarnings("unchecked") // YAML of mappings keyed by words.
  static Map<String, Object> map(@Nullable Object node) {
    return (Map<String, Object>) Objects.requireNonNull(node);
  }
}
