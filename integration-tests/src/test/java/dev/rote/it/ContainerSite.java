package dev.rote.it;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerNetwork;
import dev.rote.embedded.Addresses;
import dev.rote.embedded.Part;
import dev.rote.testkit.Site;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ComposeContainer;

/** The containers of compose/compose.yaml, all ports encrypted, on ports of their own. */
final class ContainerSite implements Site {
  private static final Path COMPOSE = Path.of("..", "compose").toAbsolutePath().normalize();
  private static final List<File> FILES =
      Stream.of("compose.yaml", "compose.encrypted.yaml")
          .map(COMPOSE::resolve)
          .map(Path::toFile)
          .toList();
  private static final String PROJECT = "com.docker.compose.project";
  private static final String SERVICE = "com.docker.compose.service";
  private static final String ROTE = "rote";
  private static final Path KEYS = COMPOSE.resolve("keys");
  private static final String SECRET = "ROTE_S3_SECRET_KEY=";
  private static final String KERNEL = "OPENBLAS_CORETYPE";
  private static final int STOP_SECONDS = 45;
  private static final Duration ABSENCE = Duration.ofSeconds(15);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final DockerClient docker = DockerClientFactory.instance().client();
  private final Map<String, String> environment;
  private final ComposeContainer compose;
  private final String project;

  private ContainerSite(
      Map<String, String> environment, ComposeContainer compose, String trainerName) {
    this.environment = environment;
    this.compose = compose;
    String id = compose.getContainerByServiceName(trainerName).orElseThrow().getContainerId();
    this.project =
        Objects.requireNonNull(
            Objects.requireNonNull(docker.inspectContainerCmd(id).exec().getConfig().getLabels())
                .get(PROJECT));
  }

  /** Starts the containers, with so many trainers, and waits until all are healthy. */
  static ContainerSite open(Path datasets, int trainers) throws InterruptedException {
    makeKeys();
    Map<String, String> environment = new HashMap<>();
    environment.put("ROTE_REPOSITORY", ImagesCondition.REPOSITORY);
    environment.put("ROTE_TAG", ImagesCondition.TAG);
    /* The kernel that processes beside the containers have: others give other bits. */
    Optional.ofNullable(System.getenv(KERNEL)).ifPresent(it -> environment.put(KERNEL, it));
    environment.put("DATASETS", datasets.toAbsolutePath().normalize().toString());
    List<String> ports =
        new ArrayList<>(
            List.of("SWEEPS", "SWEEPS_HTTP", "CORRUPTION", "METRICS", "S3", "KAFKA", "TRAINER"));
    if (trainers > 1) {
      ports.remove("TRAINER");
    }
    int[] free = freePorts(ports.size());
    for (int i = 0; i < free.length; i++) {
      environment.put(ports.get(i) + "_PORT", Integer.toString(free[i]));
    }
    ComposeContainer compose =
        new ComposeContainer("rote", FILES)
            .withEnv(environment)
            .withPull(false)
            .withServices(Arrays.stream(Part.values()).map(Part::word).toArray(String[]::new))
            .withScaledService("trainer", trainers)
            .withStartupTimeout(PATIENCE);
    compose.start();
    ContainerSite site = new ContainerSite(environment, compose, "trainer-1");
    for (Part part : Part.values()) {
      site.awaitHealthy(part);
    }
    return site;
  }

  private static void makeKeys() throws InterruptedException {
    try {
      Process made =
          new ProcessBuilder(COMPOSE.resolve("make-certificates").toString()).inheritIO().start();
      if (made.waitFor() != 0) {
        throw new IllegalStateException("compose/make-certificates ended with " + made.exitValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String key(String file) {
    try {
      return Files.readString(KEYS.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String secretKey() {
    return key("store.env")
        .lines()
        .filter(line -> line.startsWith(SECRET))
        .map(line -> line.substring(SECRET.length()))
        .findFirst()
        .orElseThrow();
  }

  private static int[] freePorts(int count) {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        held.add(new ServerSocket(0));
      }
      int[] ports = held.stream().mapToInt(ServerSocket::getLocalPort).toArray();
      for (ServerSocket socket : held) {
        socket.close();
      }
      return ports;
    } catch (IOException e) {
      throw new IllegalStateException("no free ports", e);
    }
  }

  @Override
  public Addresses addresses() {
    Map<Part, String> grpc = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      String port = environment.get(part.name() + "_PORT");
      if (part.isService() && port != null) {
        grpc.put(part, "https://localhost:" + port);
      }
    }
    return new Addresses(
        "localhost:" + environment.get("KAFKA_PORT"),
        URI.create("https://localhost:" + environment.get("S3_PORT")),
        ROTE,
        secretKey(),
        ROTE,
        Optional.of(key("token")),
        grpc,
        Map.of(
            Part.SWEEPS, URI.create("https://localhost:" + environment.get("SWEEPS_HTTP_PORT"))));
  }

  @Override
  public Optional<Path> authorities() {
    return Optional.of(KEYS.resolve("tls").resolve("ca.crt"));
  }

  /** Ids of a part's containers, the first one first. */
  private List<String> containers(Part part) {
    return docker
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(Map.of(PROJECT, project, SERVICE, part.word()))
        .exec()
        .stream()
        .sorted(Comparator.comparing(container -> container.getNames()[0]))
        .map(Container::getId)
        .toList();
  }

  private String first(Part part) {
    return containers(part).get(0);
  }

  private void awaitHealthy(Part part) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!containers(part).stream().allMatch(this::healthy)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(part.word() + " is not healthy after " + PATIENCE);
      }
      Thread.sleep(200);
    }
  }

  private boolean healthy(String container) {
    InspectContainerResponse.ContainerState state =
        docker.inspectContainerCmd(container).exec().getState();
    return state.getHealth() != null && "healthy".equals(state.getHealth().getStatus());
  }

  /** Ends the first of a part's containers. */
  @Override
  public void kill(Part part) {
    docker.killContainerCmd(first(part)).exec();
  }

  @Override
  public void restart(Part part) throws InterruptedException {
    docker.restartContainerCmd(first(part)).withTimeout(STOP_SECONDS).exec();
    awaitHealthy(part);
  }

  /** Freezes a part for a while; its connections stay open and nobody answers. */
  void freeze(Part part, Duration time) throws InterruptedException {
    docker.pauseContainerCmd(first(part)).exec();
    Thread.sleep(time.toMillis());
    docker.unpauseContainerCmd(first(part)).exec();
  }

  /** Takes the first of a part's containers off the network; the result puts it back. */
  Runnable partition(Part part) {
    String container = first(part);
    String network =
        docker
            .inspectContainerCmd(container)
            .exec()
            .getNetworkSettings()
            .getNetworks()
            .keySet()
            .iterator()
            .next();
    docker.disconnectFromNetworkCmd().withNetworkId(network).withContainerId(container).exec();
    return () ->
        docker
            .connectToNetworkCmd()
            .withNetworkId(network)
            .withContainerId(container)
            .withContainerNetwork(new ContainerNetwork().withAliases(part.word()))
            .exec();
  }

  /** Starts others while a part is away, its name too; they must bear it until it is back. */
  void unknown(Part part, List<Part> others) throws InterruptedException {
    docker.stopContainerCmd(first(part)).withTimeout(STOP_SECONDS).exec();
    for (Part other : others) {
      docker.restartContainerCmd(first(other)).withTimeout(STOP_SECONDS).exec();
    }
    Thread.sleep(ABSENCE.toMillis());
    for (Part other : others) {
      Integer restarts = docker.inspectContainerCmd(first(other)).exec().getRestartCount();
      if (!Integer.valueOf(0).equals(restarts)) {
        throw new IllegalStateException(other.word() + " gave up without " + part.word());
      }
    }
    docker.startContainerCmd(first(part)).exec();
    awaitHealthy(part);
  }

  /** Replaces a part by a new container, which has nothing of what the old one kept. */
  void roll(Part part) throws IOException, InterruptedException {
    compose("rm", "--stop", "--force", part.word());
    docker.removeVolumeCmd(project + "_" + part.word()).exec();
    compose("up", "--detach", "--wait", "--no-deps", part.word());
  }

  private void compose(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("docker", "compose", "-p", project));
    FILES.forEach(file -> command.addAll(List.of("-f", file.getPath())));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " said: " + said);
    }
  }

  @Override
  public void close() {
    compose.stop();
  }
}
