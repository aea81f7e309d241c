package dev.rote.embedded;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Whether the parts of a stack serve. */
final class Readiness {

  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final int OK = 200;

  private final StackRecord record;

  Readiness(StackRecord record) {
    this.record = record;
  }

  boolean isReady(Part part) throws InterruptedException {
    return switch (part) {
      case BROKER ->
          Ports.accepts(record.port("kafka"), TIMEOUT) && answersMetadata(Layout.kafka(record));
      case OBJECT_STORE -> status(Layout.s3(record)) > 0;
      case SWEEPS, CORRUPTION, TRAINER, METRICS ->
          status(Layout.http(record, part) + "/q/health/ready") == OK;
    };
  }

  private static boolean answersMetadata(String kafka) throws InterruptedException {
    int timeoutMillis = Math.toIntExact(TIMEOUT.toMillis());
    try (Admin admin =
        Admin.create(
            Map.of(
                "bootstrap.servers", kafka,
                "request.timeout.ms", timeoutMillis,
                "default.api.timeout.ms", timeoutMillis))) {
      return !admin.describeCluster().nodes().get(timeoutMillis, TimeUnit.MILLISECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      return false;
    }
  }

  /* The status that a GET answers with; 0 without an answer. */
  private static int status(String url) {
    try {
      HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
      connection.setConnectTimeout(Math.toIntExact(TIMEOUT.toMillis()));
      connection.setReadTimeout(Math.toIntExact(TIMEOUT.toMillis()));
      try {
        return connection.getResponseCode();
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return 0;
    }
  }
}
