package dev.rote.it;

import dev.rote.embedded.Addresses;
import dev.rote.embedded.Part;
import dev.rote.testkit.Laboratory;
import dev.rote.testkit.TestStack;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A further process of a service beside the one that a laboratory has. */
final class HiredWorker implements AutoCloseable {
  private final ServiceProcess process;
  private final int httpPort;

  private HiredWorker(ServiceProcess process, int httpPort) {
    this.process = process;
    this.httpPort = httpPort;
  }

  /** Starts a trainer that works for the laboratory. */
  static HiredWorker trainer(Laboratory laboratory) throws IOException {
    return trainer(laboratory, Map.of());
  }

  /** Starts a trainer that works for the laboratory, with these settings instead of its own. */
  static HiredWorker trainer(Laboratory laboratory, Map<String, String> settings)
      throws IOException {
    return join(laboratory, ServiceProcess.application("trainer"), "trainer", settings);
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
    int httpPort = TestStack.freePort();
    Map<String, String> environment =
        new HashMap<>(
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
                "QUARKUS_GRPC_SERVER_PORT", Integer.toString(TestStack.freePort())));
    addresses
        .token()
        .ifPresent(
            token -> {
              environment.put("ROTE_TOKEN", token);
              environment.put("ROTE_KAFKA_USER", "rote");
              environment.put("ROTE_KAFKA_PASSWORD", token);
            });
    environment.putAll(settings);
    return new HiredWorker(
        ServiceProcess.start(application, cache.resolve(service + ".log"), environment), httpPort);
  }

  void awaitReady() throws InterruptedException {
    process.awaitReady(HttpClient.newHttpClient(), "http://127.0.0.1:" + httpPort);
  }

  /** Waits until words are in the log of the process. */
  void awaitLog(String words) throws InterruptedException {
    process.awaitLog(words);
  }

  @Override
  public void close() {
    process.stop();
  }
}
