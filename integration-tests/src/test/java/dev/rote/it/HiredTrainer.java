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

/** A further trainer process beside the one that a laboratory has. */
final class HiredTrainer implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 120;
  private final Process process;
  private final int httpPort;
  private final Path log;

  private HiredTrainer(Process process, int httpPort, Path log) {
    this.process = process;
    this.httpPort = httpPort;
    this.log = log;
  }

  /** Starts a trainer that works for the laboratory. */
  static HiredTrainer join(Laboratory laboratory) throws IOException {
    return join(laboratory, Map.of());
  }

  /** Starts a trainer that works for the laboratory, with these settings instead of its own. */
  static HiredTrainer join(Laboratory laboratory, Map<String, String> settings) throws IOException {
    Addresses addresses = laboratory.site().addresses();
    Path cache = Files.createTempDirectory(Path.of("target", "laboratories"), "hired");
    Path jar = DocumentationIT.HOME.resolve("services/trainer/target/quarkus-app/quarkus-run.jar");
    int httpPort = freePort();
    ProcessBuilder trainer =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "-jar",
                jar.toString()));
    trainer
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
    trainer.environment().putAll(settings);
    Path log = cache.resolve("trainer.log");
    Process process = trainer.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new HiredTrainer(process, httpPort, log);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  void awaitReady() throws InterruptedException {
    await(this::ready, "become ready");
  }

  /** Waits until words are in the log of the trainer. */
  void awaitLog(String words) throws InterruptedException {
    await(() -> log().contains(words), "say \"" + words + "\"");
  }

  private void await(BooleanSupplier condition, String what) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end || !process.isAlive()) {
        throw new IllegalStateException("a hired trainer does not " + what + ", see " + log);
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
