package dev.rote.embedded;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Where the parts of a stack are: addresses, directories, commands and environments. */
final class Layout {

  private static final String BUCKET = "rote";
  static final String LOGS = "logs";
  private static final String CACHE = "cache";
  private static final String QUARKUS_MAIN = "io.quarkus.bootstrap.runner.QuarkusEntryPoint";
  private static final List<String> QUIET =
      Stream.of("org.apache.kafka", "io.smallrye.health")
          .map(category -> "-Dquarkus.log.category.\"%s\".level=WARN".formatted(category))
          .toList();
  private static final Path SHELL = Path.of("/bin/sh");

  private final StackSettings settings;
  private final StackRecord record;

  Layout(StackSettings settings, StackRecord record) {
    this.settings = settings;
    this.record = record;
  }

  /** The uses of ports that a stack has. */
  static List<String> portUses() {
    return Arrays.stream(Part.values()).flatMap(part -> portUses(part).stream()).toList();
  }

  /** What a part listens for. */
  static List<String> portUses(Part part) {
    return switch (part) {
      case BROKER -> List.of("kafka", "controller");
      case OBJECT_STORE -> List.of("s3");
      case SWEEPS, CORRUPTION, TRAINER, METRICS -> List.of(part.word(), part.word() + "-http");
    };
  }

  static String kafka(StackRecord record) {
    return Ports.LOOPBACK + ":" + record.port("kafka");
  }

  static String s3(StackRecord record) {
    return "http://" + Ports.LOOPBACK + ":" + record.port("s3");
  }

  static String grpc(StackRecord record, Part part) {
    return Ports.LOOPBACK + ":" + record.port(part.word());
  }

  static String http(StackRecord record, Part part) {
    return "http://" + Ports.LOOPBACK + ":" + record.port(part.word() + "-http");
  }

  static Addresses addresses(StackRecord record) {
    Map<Part, String> grpc = new EnumMap<>(Part.class);
    Map<Part, URI> http = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      if (part.isService()) {
        grpc.put(part, grpc(record, part));
        http.put(part, URI.create(http(record, part)));
      }
    }
    return new Addresses(
        kafka(record),
        URI.create(s3(record)),
        record.accessKey(),
        record.secretKey(),
        BUCKET,
        record.token(),
        grpc,
        http);
  }

  /** Names of the folders of a state directory. */
  static List<String> folders() {
    return List.of(Part.BROKER.word(), Part.OBJECT_STORE.word(), LOGS, CACHE);
  }

  static Path log(Path state, Part part) {
    return state.resolve(LOGS).resolve(part.word() + ".log");
  }

  /**
   * The command of a part. Ctrl-C in a terminal reaches the supervisor alone, which then stops its
   * children in order.
   */
  List<String> command(Part part) {
    List<String> command = new ArrayList<>(ignoring("INT"));
    command.add(java());
    command.addAll(part.jvmFlags());
    String further = System.getenv(part.optionsVariable());
    if (further != null && !further.isBlank()) {
      command.addAll(List.of(further.strip().split("\\s+")));
    }
    command.addAll(program(part));
    return command;
  }

  /** Words before a command that keep signals from it, where there is a shell to do so. */
  static List<String> ignoring(String signals) {
    return Files.isExecutable(SHELL)
        ? List.of(SHELL.toString(), "-c", "trap '' " + signals + "; exec \"$@\"", "rote")
        : List.of();
  }

  /** The JVM that runs this. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private List<String> program(Part part) {
    return switch (part) {
      case BROKER ->
          List.of(
              "-cp",
              System.getProperty("java.class.path"),
              ChildMain.class.getName(),
              BrokerMain.class.getName(),
              data(part).toString(),
              port("controller"),
              Listener.loopback(record.port("kafka")).toString());
      case OBJECT_STORE ->
          List.of(
              "-cp",
              System.getProperty("java.class.path"),
              ChildMain.class.getName(),
              ObjectStoreMain.class.getName(),
              data(part).toString(),
              Ports.LOOPBACK,
              port("s3"));
      case SWEEPS, CORRUPTION, TRAINER, METRICS ->
          Stream.concat(
                  QUIET.stream(),
                  Stream.of(
                      "-cp",
                      Home.serviceJar(settings.home(), part)
                          + System.getProperty("path.separator")
                          + Home.codeOf(ChildMain.class),
                      ChildMain.class.getName(),
                      QUARKUS_MAIN))
              .toList();
    };
  }

  /** The keys of the stack. */
  StackKeys keys() {
    return new StackKeys(record.token().orElseThrow());
  }

  private Path data(Part part) {
    return settings.state().resolve(part.word());
  }

  Map<String, String> environment(Part part) {
    Map<String, String> environment = new HashMap<>();
    environment.put("MALLOC_ARENA_MAX", "2");
    environment.put("ROTE_S3_ACCESS_KEY", record.accessKey());
    environment.put("ROTE_S3_SECRET_KEY", record.secretKey());
    if (part == Part.BROKER) {
      environment.put("ROTE_KAFKA_TOKEN", keys().token());
    }
    if (part.isService()) {
      StackKeys keys = keys();
      environment.put("ROTE_TOKEN", keys.of(part));
      environment.put("ROTE_ADMISSION_EVENT_OWNER", StackKeys.OWNER);
      environment.put("ROTE_AUDIT_TOPIC", "true");
      if (part == Part.SWEEPS) {
        environment.put("ROTE_WORKFLOW_SECRET", keys.workflow());
      }
      environment.put("ROTE_KAFKA_USER", StackKeys.name(part));
      environment.put("ROTE_KAFKA_PASSWORD", keys.of(part));
      environment.put("ROTE_ACCESS_KEYS", keys.file(settings.state()).toString());
      environment.put("ROTE_KAFKA", kafka(record));
      environment.put("ROTE_S3_ENDPOINT", s3(record));
      environment.put("ROTE_S3_BUCKET", BUCKET);
      environment.put("ROTE_SWEEPS", grpc(record, Part.SWEEPS));
      environment.put("ROTE_CORRUPTION", grpc(record, Part.CORRUPTION));
      environment.put("ROTE_TRAINER", grpc(record, Part.TRAINER));
      environment.put("ROTE_METRICS", grpc(record, Part.METRICS));
      environment.put(
          "ROTE_CACHE", settings.state().resolve(CACHE).resolve(part.word()).toString());
      settings.datasets().ifPresent(path -> environment.put("ROTE_DATASETS", path.toString()));
      environment.put("QUARKUS_HTTP_HOST", Ports.LOOPBACK);
      environment.put("QUARKUS_HTTP_PORT", port(part.word() + "-http"));
      environment.put("QUARKUS_GRPC_SERVER_HOST", Ports.LOOPBACK);
      environment.put("QUARKUS_GRPC_SERVER_PORT", port(part.word()));
      environment.putAll(settings.environment());
    }
    return environment;
  }

  private String port(String use) {
    return Integer.toString(record.port(use));
  }
}
