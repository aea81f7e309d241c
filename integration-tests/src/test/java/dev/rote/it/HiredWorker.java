package dev.rote.it;

import dev.rote.embedded.Addresses;
import dev.rote.embedded.Part;
import dev.rote.testkit.Laboratory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A further process of a service beside the one that a laboratory has. */
final class HiredWorker implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 120;
  private final Process process;
  private final int httpPort;
  private final Path log;

  private HiredWorker(Process process, int httpPort, Path log) {
    this.process = process;
    this.httpPort = httpPort;
    this.log = log;
  }

  /** Starts a trainer that works for the laboratory. */
  static HiredWorker trainer(Laboratory laboratory) throws IOException {
    return trainer(laboratory, Map.of());
  }

  /** Starts a trainer that works for the laboratory, with these settings instead of its own. */
  static HiredWorker trainer(Laboratory laboratory, Map<String, String> settings)
      throws IOException {
    return join(
        laboratory,
        DocumentationIT.HOME.resolve("services/trainer/target/quarkus-app"),
        "trainer",
        settings);
  }

  /**
   * Starts a process that works for the laboratory.
   *
   * @param application directory that the service was built into
   * @param service for its files
   * @param settings instead of its own
   */
  static HiredWorker join(
      Laboratory laboratory, Path application, String service, Map<String, String> settings)
      throws IOException {
    Addresses addresses = laboratory.site().addresses();
    Path cache = Files.createTempDirectory(Path.of("target", "laboratories"), "hired");
    int httpPort = freePort();
    ProcessBuilder worker =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "-jar",
                application.resolve("quarkus-run.jar").toString()));
    worker
        .environment()
        .putAll(
            Map.of(
                "ROTE_KAFKA", addresses.kafka(),
                "ROTE_SWEEPS", addresses.grpc().getOrDefault(Part.SWEEPS, ""),
                "ROTE_CORRUPTION", addresses.grpc().getOrDefault(Part.CORRUPTION, ""),
                "ROTE_S3_ENDPOINT", addresses.s3().toString(),
                "ROTE_S3_ACCESS_KEY", addresses.accessKey(),
                "ROTE_S3_SECRET_KEY", addresses.secretKey(),
                "ROTE_S3_BUCKET", addresses.bucket(),
                "ROTE_CACHE", cache.toAbsolutePath().toString(),
                "QUARKUS_HTTP_PORT", Integer.toString(httpPort),
                "QUARKUS_GRPC_SERVER_PORT", Integer.toString(freePort())));
    addresses
        .token()
        .ifPresent(
            token -> {
              worker.environment().put("ROTE_TOKEN", token);
              worker.environment().put("ROTE_KAFKA_USER", "rote");
              worker.environment().put("ROTE_KAFKA_PASSWORD", token);
            });
    worker.environment().putAll(settings);
    Path log = cache.resolve(service + ".log");
    Process process = worker.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new HiredWorker(process, httpPort, log);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  void awaitReady() throws InterruptedException {
    await(this::ready, "become ready");
  }

  /** Waits until words are in the log of the process. */
  void awaitLog(String words) throws InterruptedException {
    await(() -> log().contains(words), "say \"" + words + "\"");
  }

  private void await(BooleanSupplier condition, String what) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end || !process.isAlive()) {
        throw new IllegalStateException("a hired worker does not " + what + ", see " + log);
      }
      Thread.sleep(200);
    }
  }

  private String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean ready() {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + httpPort + "/q/health/ready")
                  .toURL()
                  .openConnection();
      return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
