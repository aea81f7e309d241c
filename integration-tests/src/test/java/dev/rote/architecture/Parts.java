package dev.rote.architecture;

import static java.util.function.Predicate.not;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.rote.access.grpc.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the images of Rote read and where they listen, by the names of the images. */
final class Parts {
  static final Path HOME = Path.of("..");

  private static final Path SERVICES = HOME.resolve("services");
  private static final String RUNTIME = "<artifactId>rote-service-runtime</artifactId>";
  private static final String MAPPING = "io.smallrye.config.ConfigMapping";
  private static final Pattern VARIABLE = Pattern.compile("\"(ROTE_\\w+)\"");
  private static final Pattern EXPOSED =
      Pattern.compile("AS (broker|object-store)\\s(?:.*\\n)*?EXPOSE (\\d+)");

  private final Map<String, Set<String>> variables = new TreeMap<>();
  private final Map<String, Set<Integer>> ports = new TreeMap<>();

  private Parts() {}

  static Parts read() throws IOException {
    Parts parts = new Parts();
    parts.readServices();
    parts.readStores();
    return parts;
  }

  /* As compose/images/build finds them: modules with settings of their own. */
  private void readServices() throws IOException {
    try (Stream<Path> modules = Files.list(SERVICES)) {
      for (Path module : modules.sorted().toList()) {
        Path settings = module.resolve("src/main/resources/application.properties");
        if (Files.exists(settings)) {
          String name = module.getFileName().toString();
          List<Path> classes = new ArrayList<>(List.of(module.resolve("target/classes")));
          if (Files.readString(module.resolve("pom.xml")).contains(RUNTIME)) {
            classes.add(HOME.resolve("libraries/service-runtime/target/classes"));
          }
          variables.put(name, variables(classes));
          ports.put(name, ports(settings));
        }
      }
    }
  }

  private void readStores() throws IOException {
    Matcher exposed = EXPOSED.matcher(Files.readString(HOME.resolve("compose/images/Dockerfile")));
    while (exposed.find()) {
      ports.put(exposed.group(1), Set.of(Integer.valueOf(exposed.group(2))));
    }
    variables.put("broker", named("BrokerMain"));
    variables.put("object-store", named("ObjectStoreMain"));
  }

  private static Set<String> named(String program) throws IOException {
    Set<String> read = new TreeSet<>();
    String source =
        Files.readString(
            HOME.resolve("tools/embedded/src/main/java/dev/rote/embedded/" + program + ".java"));
    if (source.contains("TlsFiles.of(System.getenv())")) {
      read.addAll(TlsFiles.VARIABLES);
    }
    Matcher named = VARIABLE.matcher(source);
    while (named.find()) {
      read.add(named.group(1));
    }
    return read;
  }

  private static Set<Integer> ports(Path settings) throws IOException {
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(settings)) {
      properties.load(reader);
    }
    Set<Integer> ports = new TreeSet<>();
    for (String key : List.of("quarkus.http.port", "quarkus.grpc.server.port")) {
      if (properties.containsKey(key)) {
        ports.add(Integer.valueOf(properties.getProperty(key)));
      }
    }
    return ports;
  }

  private static Set<String> variables(List<Path> classes) {
    Set<String> variables = new TreeSet<>();
    for (JavaClass mapping : new ClassFileImporter().importPaths(classes)) {
      if (mapping.isAnnotatedWith(MAPPING)) {
        collect("ROTE", mapping, mapping, variables);
      }
    }
    return variables;
  }

  private static void collect(
      String prefix, JavaClass group, JavaClass mapping, Set<String> variables) {
    for (JavaMethod method : group.getAllMethods()) {
      if (!method.getModifiers().contains(JavaModifier.ABSTRACT)) {
        continue;
      }
      String name = prefix + "_" + words(method.getName());
      JavaClass type = method.getRawReturnType();
      if (type.isInterface() && type.getName().startsWith(mapping.getName() + "$")) {
        collect(name, type, mapping, variables);
      } else {
        variables.add(name);
      }
    }
  }

  private static String words(String camelCase) {
    return camelCase.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
  }

  /** Names of all images. */
  Set<String> names() {
    return variables.keySet();
  }

  /** Environment variables that an image reads. */
  Set<String> variables(String name) {
    return variables.get(name);
  }

  /** Environment variables that any image reads. */
  Set<String> variables() {
    Set<String> all = new TreeSet<>();
    variables.values().forEach(all::addAll);
    return all;
  }

  /** Those of some images that none of them reads. */
  Collection<String> unread(Collection<String> given, Collection<String> names) {
    return given.stream()
        .filter(not(v -> names.stream().anyMatch(name -> variables(name).contains(v))))
        .toList();
  }

  /** Ports that an image listens on. */
  List<Integer> ports(String name) {
    return new ArrayList<>(ports.get(name));
  }
}
