package dev.rote.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.Yaml;

/**
 * What the overlay of production starts its pods with, as processes on this machine have it: files
 * of Secrets lie in folders of their own, and settings name these.
 */
final class ProductionPods {
  private final List<Map<?, ?>> documents;
  private final Path folder;
  private final Map<String, Map<String, String>> secrets;

  private ProductionPods(
      List<Map<?, ?>> documents, Path folder, Map<String, Map<String, String>> secrets) {
    this.documents = documents;
    this.folder = folder;
    this.secrets = secrets;
  }

  /** Whether there is a kubectl, which renders. */
  static boolean canRender() throws IOException, InterruptedException {
    return new ProcessBuilder("bash", "-c", "command -v kubectl")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  /**
   * Renders the overlay.
   *
   * @param folder for files of pods
   * @param secrets what lies in Secrets, by their names and keys
   */
  static ProductionPods render(Path folder, Map<String, Map<String, String>> secrets)
      throws Exception {
    Path made = folder.resolve("production.yaml");
    new UserShell(DocumentationIT.HOME, folder.resolve("kubectl.log"), Map.of())
        .expect("kubectl kustomize k8s/overlays/production > " + made);
    List<Map<?, ?>> documents = new ArrayList<>();
    new Yaml().loadAll(Files.readString(made)).forEach(one -> documents.add((Map<?, ?>) one));
    return new ProductionPods(documents, folder, secrets);
  }

  /** The environment of a service's container. */
  Map<String, String> environment(String service) throws IOException {
    Map<?, ?> pod = map(map(map(document("Deployment", service), "spec"), "template"), "spec");
    Map<?, ?> container = (Map<?, ?>) list(pod, "containers").get(0);
    Map<String, String> environment = new LinkedHashMap<>();
    for (Object entry : list(container, "envFrom")) {
      if (((Map<?, ?>) entry).containsKey("configMapRef")) {
        String name = text(map(entry, "configMapRef"), "name");
        map(document("ConfigMap", name), "data")
            .forEach((key, value) -> environment.put(String.valueOf(key), String.valueOf(value)));
      } else {
        environment.putAll(secret(text(map(entry, "secretRef"), "name")));
      }
    }
    for (Object entry : list(container, "env")) {
      environment.put(text(entry, "name"), value((Map<?, ?>) entry));
    }
    for (Object mount : list(container, "volumeMounts")) {
      String path = text(mount, "mountPath");
      Path here = folder.resolve(service + path);
      Files.createDirectories(here);
      fill(here, list(pod, "volumes"), text(mount, "name"));
      environment.replaceAll(
          (name, value) ->
              value.equals(path) || value.startsWith(path + "/")
                  ? here + value.substring(path.length())
                  : value);
    }
    return environment;
  }

  /** Writes all documents of some kinds. */
  void write(List<String> kinds, Path file) throws IOException {
    Files.writeString(
        file,
        new Yaml()
            .dumpAll(
                documents.stream().filter(one -> kinds.contains(text(one, "kind"))).iterator()));
  }

  private Map<?, ?> document(String kind, String name) {
    return documents.stream()
        .filter(one -> text(one, "kind").equals(kind))
        .filter(one -> text(map(one, "metadata"), "name").equals(name))
        .findFirst()
        .orElseThrow();
  }

  private String value(Map<?, ?> entry) {
    if (entry.containsKey("value")) {
      return text(entry, "value");
    }
    Map<?, ?> reference = map(map(entry, "valueFrom"), "secretKeyRef");
    return Objects.requireNonNull(
        secret(text(reference, "name")).get(text(reference, "key")), () -> "no " + reference);
  }

  private Map<String, String> secret(String name) {
    return Objects.requireNonNull(secrets.get(name), () -> "no Secret " + name);
  }

  private void fill(Path here, List<?> volumes, String name) throws IOException {
    for (Object volume : volumes) {
      if (text(volume, "name").equals(name) && ((Map<?, ?>) volume).containsKey("secret")) {
        for (Map.Entry<String, String> file : files(map(volume, "secret")).entrySet()) {
          Files.writeString(here.resolve(file.getKey()), file.getValue());
        }
      }
    }
  }

  /** Files of a volume of a Secret: the items that it names, or all. */
  private Map<String, String> files(Map<?, ?> volume) {
    Map<String, String> secret = secret(text(volume, "secretName"));
    if (!volume.containsKey("items")) {
      return secret;
    }
    Map<String, String> files = new LinkedHashMap<>();
    for (Object item : list(volume, "items")) {
      files.put(
          text(item, "path"),
          Objects.requireNonNull(secret.get(text(item, "key")), () -> "no " + item));
    }
    return files;
  }

  private static Map<?, ?> map(Object node, String key) {
    return (Map<?, ?>) Objects.requireNonNull(((Map<?, ?>) node).get(key), key);
  }

  private static List<?> list(Object node, String key) {
    return (List<?>) Objects.requireNonNull(((Map<?, ?>) node).get(key), key);
  }

  private static String text(Object node, String key) {
    return String.valueOf(Objects.requireNonNull(((Map<?, ?>) node).get(key), key));
  }
}
