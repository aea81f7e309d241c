package dev.rote.sweeps.doors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rote.spec.SpecException;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.SpecVersion;
import io.cloudevents.core.format.EventDeserializationException;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.cloudevents.rw.CloudEventRWException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The sweep in a config event: the record's value itself, or the data of a CloudEvent, in the
 * structured or the binary mode of the <a
 * href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">binding
 * to Kafka</a>.
 */
final class ConfigEvent {
  private static final String ENVELOPE = "application/cloudevents";

  /** Twice what the largest sweep that is let in takes as a message. */
  private static final int MOST_BYTES = 2 << 20;

  private ConfigEvent() {}

  /**
   * The sweep as it is written, JSON or YAML.
   *
   * @throws SpecException if there is none, or the envelope is no CloudEvent
   */
  static String text(ConsumerRecord<byte[], byte[]> event) throws CharacterCodingException {
    byte @Nullable [] bytes = isCloudEvent(event.headers()) ? data(event) : event.value();
    if (bytes == null) {
      throw new SpecException("", "the value must be a sweep as JSON or YAML, was null");
    }
    if (bytes.length > MOST_BYTES) {
      throw new SpecException(
          "", "the value must be at most " + MOST_BYTES + " bytes, was " + bytes.length);
    }
    return decoded(bytes);
  }

  private static String decoded(byte[] bytes) throws CharacterCodingException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    CharBuffer text = CharBuffer.allocate(bytes.length);
    if (UTF_8.newDecoder().decode(rest, text, true).isError()) {
      throw new NotUtf8Exception(rest.position(), bytes[rest.position()]);
    }
    return text.flip().toString();
  }

  /** Bytes that are no text. */
  private static final class NotUtf8Exception extends CharacterCodingException {
    private static final long serialVersionUID = 1L;

    private final int position;
    private final byte value;

    NotUtf8Exception(int position, byte value) {
      this.position = position;
      this.value = value;
    }

    @Override
    public String getMessage() {
      return "the value must be text in UTF-8, was not from byte %d on, 0x%02x: a sweep is JSON or YAML"
          .formatted(position, value);
    }
  }

  /* Without names of classes, and with the place that a parser of JSON adds. */
  private static String plain(Throwable failure) {
    return String.valueOf(failure.getMessage())
        .replaceAll("(?:[a-z]\\w*\\.)+[A-Z]\\w*(?:Exception|Error): ", "")
        .replaceAll(
            "\\s*at \\[Source: [^\\]]*?line: (\\d+), column: (\\d+)\\]", " (line $1, column $2)");
  }

  private static boolean isCloudEvent(Headers headers) {
    if (headers.lastHeader("ce_specversion") != null) {
      return true;
    }
    Header type = headers.lastHeader("content-type");
    return type != null
        && type.value() != null
        && new String(type.value(), UTF_8).toLowerCase(Locale.ROOT).startsWith(ENVELOPE);
  }

  private static byte @Nullable [] data(ConsumerRecord<byte[], byte[]> event) {
    try {
      CloudEvent envelope = KafkaMessageFactory.createReader(event).toEvent();
      if (envelope.getSpecVersion() != SpecVersion.V1) {
        throw new SpecException("", "specversion must be 1.0, was " + envelope.getSpecVersion());
      }
      CloudEventData data = envelope.getData();
      return data == null ? null : data.toBytes();
    } catch (CloudEventRWException
        | EventDeserializationException
        | IllegalArgumentException
        | IllegalStateException e) {
      throw new SpecException(
          "",
          "the envelope must be a CloudEvent of version 1.0, in JSON if structured: " + plain(e));
    }
  }
}
