package dev.rote.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A service as a process of its own, as an image starts it. */
final class ServiceProcess {
  private static final int PATIENCE_SECONDS = 120;

  private final Process process;
  private final Path log;

  private ServiceProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Directory that a service was built into. */
  static Path application(String service) {
    return DocumentationIT.HOME.resolve("services/" + service + "/target/quarkus-app");
  }

  /**
   * Starts a service.
   *
   * @param application directory that it was built into
   * @param log for what it prints
   * @param settings its environment, beside this process's own
   */
  static ServiceProcess start(Path application, Path log, Map<String, String> settings)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
            "-jar",
            application.resolve("quarkus-run.jar").toString());
    builder.environment().putAll(settings);
    return new ServiceProcess(
        builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
  }

  /** Waits until words are in what it prints. */
  void awaitLog(String words) throws InterruptedException {
    await(() -> log().contains(words), "say \"" + words + "\"");
  }

  /**
   * Waits until it says that it is ready.
   *
   * @param client believes its certificate, if it has one
   * @param address of its HTTP port, such as {@code https://localhost:8081}
   */
  void awaitReady(HttpClient client, String address) throws InterruptedException {
    HttpRequest asked = HttpRequest.newBuilder(URI.create(address + "/q/health/ready")).build();
    await(() -> ready(client, asked), "become ready");
  }

  private static boolean ready(HttpClient client, HttpRequest asked) {
    try {
      return client.send(asked, BodyHandlers.discarding()).statusCode()
          == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Waits until a condition holds, and shows what was printed if the process ends before. */
  private void await(BooleanSupplier condition, String what) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end || !process.isAlive()) {
        throw new IllegalStateException("a service does not " + what + ": " + log());
      }
      Thread.sleep(200);
    }
  }

  /** What it has printed. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks it to end, as a cluster does. */
  void stop() {
    process.destroy();
  }

  /** Asks it to end and waits for that. */
  void end() throws InterruptedException {
    stop();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("a service does not end: " + log());
    }
  }
}
