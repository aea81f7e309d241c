package dev.rote.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Whether the parts of a stack serve. */
final class Readiness {

  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The check of the services' health that tells of trouble of the machine. */
  private static final String WORKER = "worker";

  private final StackRecord record;

  Readiness(StackRecord record) {
    this.record = record;
  }

  /** Whether a part serves, be it that a worker takes no work for now. */
  boolean serves(Part part) throws InterruptedException {
    // Whoever takes a port of ours is shown no key.
    if (!Layout.portUses(part).stream().allMatch(use -> Ports.isOwn(record.port(use)))) {
      return false;
    }
    return switch (part) {
      case BROKER -> Ports.accepts(record.port("kafka"), TIMEOUT) && answersMetadata();
      case OBJECT_STORE -> status(Layout.s3(record)) > 0;
      case SWEEPS, CORRUPTION, TRAINER, METRICS ->
          health(part).map(health -> health.down().isEmpty()).orElse(false);
    };
  }

  /** Why a worker takes no work for now; empty where it does, and for other parts. */
  Optional<String> hindrance(Part part) {
    return part.isService() ? health(part).flatMap(Health::hindrance) : Optional.empty();
  }

  /**
   * What a service says of itself.
   *
   * @param down checks that are not up, but for the worker's
   * @param hindrance why its worker takes no work
   */
  private record Health(List<String> down, Optional<String> hindrance) {}

  private Optional<Health> health(Part part) {
    try {
      HttpURLConnection connection = open(Layout.http(record, part) + "/q/health/ready");
      try {
        int status = connection.getResponseCode();
        if (status == OK) {
          return Optional.of(new Health(List.of(), Optional.empty()));
        }
        try (InputStream body = connection.getErrorStream()) {
          return status == UNAVAILABLE && body != null
              ? Optional.of(health(JSON.readTree(body)))
              : Optional.empty();
        }
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Health health(JsonNode answer) {
    List<String> down = new ArrayList<>();
    Optional<String> hindrance = Optional.empty();
    for (JsonNode check : answer.path("checks")) {
      String name = check.path("name").asText();
      if (!check.path("status").asText().equals("DOWN")) {
        continue;
      }
      if (name.equals(WORKER)) {
        JsonNode data = check.path("data");
        hindrance =
            Optional.of(data.path("reason").asText() + ": " + data.path("message").asText());
      } else {
        down.add(name);
      }
    }
    return down.isEmpty() && hindrance.isEmpty()
        ? new Health(List.of("an answer without checks"), hindrance)
        : new Health(down, hindrance);
  }

  private boolean answersMetadata() throws InterruptedException {
    int timeoutMillis = Math.toIntExact(TIMEOUT.toMillis());
    Map<String, Object> settings = StackKeys.client(Layout.kafka(record), record.token());
    settings.put("request.timeout.ms", timeoutMillis);
    settings.put("default.api.timeout.ms", timeoutMillis);
    try (Admin admin = Admin.create(settings)) {
      return !admin.describeCluster().nodes().get(timeoutMillis, TimeUnit.MILLISECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      return false;
    }
  }

  private static HttpURLConnection open(String url) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    connection.setConnectTimeout(Math.toIntExact(TIMEOUT.toMillis()));
    connection.setReadTimeout(Math.toIntExact(TIMEOUT.toMillis()));
    return connection;
  }

  /* The status that a GET answers with; 0 without an answer. */
  private static int status(String url) {
    try {
      HttpURLConnection connection = open(url);
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
