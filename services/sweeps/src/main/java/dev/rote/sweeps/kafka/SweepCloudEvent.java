package dev.rote.sweeps.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import dev.rote.v1.SweepEvent;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.processor.api.Record;

/**
 * What became of a sweep, for pipelines: a CloudEvent in binary mode, its data the {@code
 * SweepEvent} as JSON.
 */
final class SweepCloudEvent {
  private static final URI SOURCE = URI.create("/rote/sweeps");
  private static final String TYPE = "dev.rote.sweep.";

  private SweepCloudEvent() {}

  /**
   * The record, keyed by sweep id.
   *
   * @param cause id of the event of the log that was decided: the same cause gives the same id
   */
  static Record<byte[], byte[]> record(SweepEvent event, String cause, long timestamp) {
    String phase = event.getPhase().name().toLowerCase(Locale.ROOT);
    CloudEvent cloudEvent =
        CloudEventBuilder.v1()
            .withId(String.join("/", event.getSweepId(), phase, cause))
            .withSource(SOURCE)
            .withType(TYPE + phase)
            .withSubject(event.getSweepId())
            .withTime(
                Instant.ofEpochMilli(Timestamps.toMillis(event.getTime())).atOffset(ZoneOffset.UTC))
            .withData("application/json", json(event).getBytes(UTF_8))
            .build();
    ProducerRecord<Void, byte[]> message =
        KafkaMessageFactory.createWriter(Topics.SWEEP_EVENTS).writeBinary(cloudEvent);
    return new Record<>(
        event.getSweepId().getBytes(UTF_8), message.value(), timestamp, message.headers());
  }

  private static String json(SweepEvent event) {
    try {
      return JsonFormat.printer().omittingInsignificantWhitespace().print(event);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a sweep event holds no Any and always prints", e);
    }
  }
}
