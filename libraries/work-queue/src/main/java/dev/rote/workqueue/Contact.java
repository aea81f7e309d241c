package dev.rote.workqueue;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.Metric;

/**
 * Whether Kafka still answers a consumer. One that nobody writes to hears from its broker all the
 * same, at each fetch that ends empty and at each heartbeat; one whose broker froze, or whose
 * network was cut, polls in vain without a word of it.
 */
public final class Contact {

  /* Rates are taken over two windows. A member's heartbeats are 15 s apart at most, where brokers are not told else. */
  private static final Duration WINDOW = Duration.ofSeconds(15);
  private static final Duration SILENCE = WINDOW.multipliedBy(2);
  private static final String RECEIVED = "incoming-byte-rate";

  /** The setting of a client whose contact is asked for, and its value in milliseconds. */
  public static final String SETTING = CommonClientConfigs.METRICS_SAMPLE_WINDOW_MS_CONFIG;

  public static final long WINDOW_MILLIS = WINDOW.toMillis();

  private Contact() {}

  /**
   * Why clients with the {@link #SETTING} are held up: none of them has received anything for half
   * a minute.
   *
   * @param kafka bootstrap servers
   * @param metrics of one client or of several; may be read from any thread
   */
  public static Optional<String> lost(String kafka, Collection<? extends Metric> metrics) {
    boolean heard =
        metrics.stream()
            .filter(metric -> metric.metricName().name().equals(RECEIVED))
            .anyMatch(metric -> metric.metricValue() instanceof Double rate && rate > 0);
    return heard
        ? Optional.empty()
        : Optional.of(
            "Kafka at %s has not answered for %d s".formatted(kafka, SILENCE.toSeconds()));
  }
}
