package dev.rote.architecture;

import static dev.rote.architecture.Documents.at;
import static dev.rote.architecture.Documents.list;
import static dev.rote.architecture.Documents.map;
import static dev.rote.architecture.Documents.name;
import static dev.rote.architecture.Documents.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rote.access.KeyHash;
import dev.rote.access.KeyLines;
import dev.rote.access.grpc.TlsFiles;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Compose and Kubernetes give images that are built the variables that these read. */
class ManifestSettingsTest {
  private static final Path K8S = Parts.HOME.resolve("k8s");
  private static final Path COMPOSE = Parts.HOME.resolve("compose");
  private static final Pattern VARIABLE = Pattern.compile("\\bROTE_[A-Z0-9_]+");
  private static final Pattern ADDRESS = Pattern.compile("(?:https?://)?([a-z-]+):(\\d+)");
  private static final Pattern SUBSTITUTED = Pattern.compile("\\$\\{(\\w+)}");

  /** Where a container has its certificate. */
  private static final String TLS = "/tls";

  /** Of the launcher, of compose's settings and of the building of images. */
  private static final Set<String> NOT_OF_IMAGES =
      Set.of("ROTE_BUILD", "ROTE_BIND", "ROTE_REPOSITORY", "ROTE_TAG");

  /** Read by OpenBLAS, in those that compute with it. */
  private static final String KERNEL = "OPENBLAS_CORETYPE";

  private static Parts parts;
  private static Map<String, Object> compose;
  private static Map<String, Object> encrypted;
  private static List<Map<String, Object>> manifests;

  @BeforeAll
  static void read() throws IOException {
    parts = Parts.read();
    compose = Documents.of(COMPOSE.resolve("compose.yaml")).get(0);
    encrypted = Documents.of(COMPOSE.resolve("compose.encrypted.yaml")).get(0);
    manifests = new ArrayList<>();
    for (Path file : Documents.files(K8S.resolve("base"))) {
      manifests.addAll(Documents.of(file));
    }
  }

  private static Map<String, Object> services() {
    return map(compose.get("services"));
  }

  /** Containers of the base by the names of their workloads. */
  private static Map<String, Map<String, Object>> containers() {
    Map<String, Map<String, Object>> containers = new TreeMap<>();
    for (Map<String, Object> manifest : manifests) {
      if (Set.of("Deployment", "StatefulSet").contains(String.valueOf(manifest.get("kind")))) {
        containers.put(
            name(manifest),
            map(list(at(manifest, "spec", "template", "spec", "containers")).get(0)));
      }
    }
    return containers;
  }

  @Test
  void images_ofManifests_areThoseThatAreBuilt() throws IOException {
    assertThat(containers().keySet()).isEqualTo(parts.names());
    containers()
        .forEach((name, container) -> assertThat(container).containsEntry("image", "rote/" + name));
    Set<String> withoutOperator = new TreeSet<>(parts.names());
    withoutOperator.remove("operator");
    assertThat(services().keySet()).isEqualTo(withoutOperator);
    services()
        .forEach(
            (name, service) ->
                assertThat(map(service))
                    .containsEntry("image", "${ROTE_REPOSITORY}/" + name + ":${ROTE_TAG}"));
    Matcher version =
        Pattern.compile("\\n  <version>(.*)</version>")
            .matcher(Files.readString(Parts.HOME.resolve("pom.xml")));
    assertThat(version.find()).isTrue();
    for (Path file : Documents.files(K8S)) {
      if (file.endsWith("kustomization.yaml")) {
        Map<String, Object> kustomization = Documents.of(file).get(0);
        for (Object entry : list(kustomization.getOrDefault("images", List.of()))) {
          Map<String, Object> image = map(entry);
          String name = String.valueOf(image.getOrDefault("newName", image.get("name")));
          assertThat(parts.names()).as("%s", file).contains(name.replace("rote/", ""));
          assertThat(String.valueOf(image.get("newTag")).replace("-cuda", ""))
              .as("%s", file)
              .isEqualTo(version.group(1));
        }
      }
    }
  }

  @Test
  void variables_ofCompose_areRead() {
    assertRead(compose);
    assertRead(encrypted);
  }

  private static void assertRead(Map<String, Object> file) {
    Set<String> shared = map(file.get("x-addresses")).keySet();
    Set<String> sharing = new TreeSet<>();
    map(file.get("services"))
        .forEach(
            (name, service) -> {
              Set<String> given = environment(service);
              if (Set.of("trainer", "metrics").contains(name)) {
                given.remove(KERNEL);
              }
              if (given.containsAll(shared)) {
                sharing.add(name);
                given.removeAll(shared);
              }
              assertThat(parts.unread(given, List.of(name))).as(name).isEmpty();
            });
    assertThat(sharing).hasSizeGreaterThan(2);
    assertThat(parts.unread(shared, sharing)).isEmpty();
  }

  /** Each part has a certificate of its own, and no address leads past the encrypted ports. */
  @Test
  void variables_thatEncryptCompose_areThoseOfEveryPart() {
    assertThat(map(encrypted.get("services")).keySet()).isEqualTo(services().keySet());
    map(encrypted.get("services"))
        .forEach(
            (name, service) -> {
              assertThat(environment(service)).containsAll(TlsFiles.VARIABLES);
              assertThat(list(at(map(service), "volumes")).stream().map(Documents::text))
                  .containsExactly("./keys/tls/" + name + ":" + TLS + ":ro");
            });
    Map<String, Object> plain = new LinkedHashMap<>(map(compose.get("x-addresses")));
    plain.keySet().removeAll(map(encrypted.get("x-addresses")).keySet());
    assertThat(plain.keySet())
        .containsExactlyInAnyOrder("ROTE_KAFKA", "ROTE_S3_BUCKET", "ROTE_ACCESS_KEYS");
  }

  @Test
  void certificates_ofTheirScript_lieWhereComposeHasThemAndNoKeySignsMore() throws Exception {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "openssl"))),
        "no openssl, by which compose/make-certificates makes them");
    Path keys = Files.createTempDirectory("keys").resolve("keys").toAbsolutePath();
    ProcessBuilder made = new ProcessBuilder(COMPOSE.resolve("make-certificates").toString());
    made.environment().put("KEYS", keys.toString());

    assertThat(made.inheritIO().start().waitFor()).isZero();

    Path certificates = keys.resolve("tls");
    for (String part : services().keySet()) {
      for (Object file : map(encrypted.get("x-tls")).values()) {
        assertThat(certificates.resolve(part + text(file).substring(TLS.length())))
            .isNotEmptyFile();
      }
    }
    try (Stream<Path> files = Files.walk(certificates)) {
      assertThat(files.map(file -> file.getFileName().toString()).filter(n -> n.endsWith(".key")))
          .containsOnly("tls.key")
          .hasSize(services().size());
    }
  }

  /** What the script of keys writes into a file is read by all parts that have the file. */
  @Test
  void variables_ofTheFilesOfKeys_areRead() throws Exception {
    Path keys = Files.createTempDirectory("keys").resolve("keys").toAbsolutePath();
    ProcessBuilder made = new ProcessBuilder(COMPOSE.resolve("make-keys").toString());
    made.environment().put("KEYS", keys.toString());
    assertThat(made.inheritIO().start().waitFor()).isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
        .isEqualTo("rwx------");
    Set<String> asked = new TreeSet<>();
    services()
        .forEach(
            (name, service) -> {
              Object files = map(service).get("env_file");
              for (Object file : files instanceof String one ? List.of(one) : list(files)) {
                asked.add(text(file));
                Path path = keys.resolveSibling(text(file));
                Set<String> given = new TreeSet<>();
                assertThat(path).isNotEmptyFile();
                assertThat(permissions(path)).isEqualTo("rw-------");
                lines(path).forEach(line -> given.add(line.replaceAll("=.*", "")));
                assertThat(parts.unread(given, List.of(name))).as(name).isEmpty();
              }
            });
    assertThat(asked).hasSize(4);
    assertThat(lines(keys.resolve("access/access.keys"))).hasSize(5);
    assertThat(KeyLines.parse(Files.readString(keys.resolve("access/access.keys"))))
        .satisfies(lines -> assertThat(lines.mistakes()).isEmpty())
        .satisfies(
            lines ->
                assertThat(lines.callers())
                    .containsKey(KeyHash.of(Files.readString(keys.resolve("token")))));
  }

  private static String permissions(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> environment(Object service) {
    Map<String, Object> given = new LinkedHashMap<>();
    Object environment = map(service).get("environment");
    if (environment != null) {
      given.putAll(map(environment));
    }
    return new TreeSet<>(given.keySet());
  }

  @Test
  void variables_ofTheBase_areRead() {
    containers()
        .forEach(
            (name, container) -> {
              List<String> given =
                  list(container.getOrDefault("env", List.of())).stream()
                      .map(entry -> String.valueOf(map(entry).get("name")))
                      .filter(variable -> !variable.equals("JAVA_TOOL_OPTIONS"))
                      .toList();
              assertThat(parts.unread(given, List.of(name))).as(name).isEmpty();
            });
    assertThat(parts.unread(settings().keySet(), parts.names())).isEmpty();
  }

  private static Map<String, Object> settings() {
    return manifests.stream()
        .filter(manifest -> "ConfigMap".equals(manifest.get("kind")))
        .map(manifest -> map(manifest.get("data")))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void variables_namedAnywhere_areKnown() throws IOException {
    List<Path> files = new ArrayList<>(Documents.files(K8S));
    files.addAll(Documents.files(COMPOSE));
    files.add(COMPOSE.resolve("make-keys"));
    files.add(COMPOSE.resolve("make-certificates"));
    files.add(Parts.HOME.resolve("docs/kubernetes.md"));
    files.add(Parts.HOME.resolve("docs/compose.md"));
    Set<String> found = new TreeSet<>();
    for (Path file : files) {
      Matcher variable = VARIABLE.matcher(Files.readString(file));
      while (variable.find()) {
        found.add(variable.group());
      }
    }
    found.removeAll(NOT_OF_IMAGES);
    assertThat(found).contains("ROTE_WORKFLOW_REPLICAS", "ROTE_TRAINER_RESUME_EVERY");
    assertThat(parts.variables()).containsAll(found);
  }

  @Test
  void ports_ofManifests_areThoseThatAreListenedOn() {
    containers()
        .forEach(
            (name, container) ->
                assertThat(ports(container.get("ports"), "containerPort"))
                    .as(name)
                    .containsExactlyInAnyOrderElementsOf(parts.ports(name)));
    Map<String, Collection<Integer>> reachable = new TreeMap<>();
    for (Map<String, Object> manifest : manifests) {
      if ("Service".equals(manifest.get("kind"))) {
        Collection<Integer> ports = ports(at(manifest, "spec", "ports"), "port");
        assertThat(parts.ports(name(manifest))).containsAll(ports);
        reachable.put(name(manifest), ports);
      }
    }
    addresses(settings().values(), 4, reachable);
  }

  @Test
  void ports_ofCompose_areThoseThatAreListenedOn() {
    Map<String, Collection<Integer>> reachable = new TreeMap<>();
    services()
        .forEach(
            (name, service) -> {
              reachable.put(name, parts.ports(name));
              List<?> check = list(at(map(service), "healthcheck", "test"));
              assertThat(parts.ports(name)).as(name).contains(Integer.valueOf(text(check.get(2))));
            });
    addresses(map(compose.get("x-addresses")).values(), 4, reachable);
    addresses(map(encrypted.get("x-addresses")).values(), 3, reachable);
  }

  private static void addresses(
      Collection<Object> values, int expected, Map<String, Collection<Integer>> reachable) {
    int found = 0;
    for (Object value : values) {
      Matcher address = ADDRESS.matcher(text(value));
      if (address.matches()) {
        found++;
        assertThat(reachable.get(address.group(1)))
            .as("%s", value)
            .contains(Integer.valueOf(address.group(2)));
      }
    }
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void settings_ofCompose_areThoseOfItsFile() throws IOException {
    Set<String> used = new TreeSet<>();
    for (Path file : Documents.files(COMPOSE)) {
      Matcher substituted = SUBSTITUTED.matcher(Files.readString(file));
      while (substituted.find()) {
        used.add(substituted.group(1));
      }
    }
    Set<String> offered = new TreeSet<>();
    for (String line : Files.readAllLines(COMPOSE.resolve(".env"))) {
      if (line.matches("\\w+=.*")) {
        offered.add(line.replaceAll("=.*", ""));
      }
    }
    assertThat(offered).isEqualTo(used);
  }

  private static Collection<Integer> ports(Object entries, String key) {
    return list(entries).stream().map(entry -> Integer.valueOf(text(map(entry).get(key)))).toList();
  }
}
