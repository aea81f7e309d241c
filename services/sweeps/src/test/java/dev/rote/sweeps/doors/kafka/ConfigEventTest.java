package dev.rote.sweeps.doors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rote.spec.SpecException;
import java.nio.charset.CharacterCodingException;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Records as the CloudEvents binding to Kafka writes them down. */
class ConfigEventTest {
  private static final String SWEEP = "kind: Sweep";
  private static final Map<String, String> BINARY =
      Map.of(
          "ce_specversion", "1.0",
          "ce_type", "com.example.sweep",
          "ce_source", "/pipeline",
          "ce_id", "17",
          "content-type", "application/yaml");

  private static ConsumerRecord<byte[], byte[]> event(
      Map<String, String> headers, @Nullable String value) {
    ConsumerRecord<byte[], byte[]> event =
        new ConsumerRecord<>(
            "rote.configs", 0, 0, new byte[0], value == null ? null : value.getBytes(UTF_8));
    headers.forEach((name, text) -> event.headers().add(name, text.getBytes(UTF_8)));
    return event;
  }

  private static String structured(String data) {
    return """
    {"specversion": "1.0", "type": "com.example.sweep", "source": "/pipeline", "id": "17", %s}
    """
        .formatted(data);
  }

  private static Map<String, String> type(String contentType) {
    return Map.of("content-type", contentType);
  }

  @Test
  void text_bareValue_isTheSweepWhateverItsContentType() throws Exception {
    assertThat(ConfigEvent.text(event(Map.of(), SWEEP))).isEqualTo(SWEEP);
    assertThat(ConfigEvent.text(event(type("application/yaml"), SWEEP))).isEqualTo(SWEEP);
  }

  @Test
  void text_binaryMode_isTheValue() throws Exception {
    assertThat(ConfigEvent.text(event(BINARY, SWEEP))).isEqualTo(SWEEP);
  }

  @Test
  void text_structuredMode_isTheData() throws Exception {
    Map<String, String> headers = type("application/cloudevents+json; charset=utf-8");
    assertThat(ConfigEvent.text(event(headers, structured("\"data\": {\"kind\": \"Sweep\"}"))))
        .isEqualTo("{\"kind\":\"Sweep\"}");
    assertThat(
            ConfigEvent.text(
                event(
                    headers,
                    structured(
                        "\"datacontenttype\": \"application/yaml\", \"data\": \"kind: Sweep\""))))
        .isEqualTo(SWEEP);
    assertThat(
            ConfigEvent.text(
                event(
                    headers,
                    structured(
                        "\"datacontenttype\": \"application/yaml\","
                            + " \"data_base64\": \"a2luZDogU3dlZXA=\""))))
        .isEqualTo(SWEEP);
  }

  @Test
  void text_brokenEnvelope_saysWhatIsMissing() {
    refused(event(Map.of("ce_specversion", "1.0"), SWEEP), "id");
    refused(event(Map.of("ce_specversion", "7.0"), SWEEP), "7.0");
    refused(
        event(
            Map.of(
                "ce_specversion", "0.3",
                "ce_type", "com.example.sweep",
                "ce_source", "/pipeline",
                "ce_id", "17"),
            SWEEP),
        "specversion must be 1.0, was 0.3");
    refused(
        event(
            type("application/cloudevents+json"),
            """
            {"specversion": "0.3", "type": "com.example.sweep", "source": "/pipeline", "id": "17",
             "data": {}}"""),
        "specversion must be 1.0, was 0.3");
    refused(event(type("application/cloudevents+json"), "{\"specversion\": \"1.0\"}"), "id");
    refused(event(type("application/cloudevents+json"), "kind: Sweep"), "CloudEvent");
    refused(event(type("application/cloudevents+avro"), "x"), "in JSON");
    refused(event(type("application/cloudevents-batch+json"), "[]"), "in JSON");
  }

  @Test
  void text_envelopeThatIsNoJson_isRefusedByPlace_withoutNamesOfClasses() {
    assertThatExceptionOfType(SpecException.class)
        .isThrownBy(() -> ConfigEvent.text(event(type("application/cloudevents+json"), "not json")))
        .satisfies(
            e ->
                assertThat(e.getMessage())
                    .contains("Unrecognized token 'not'", "(line 1, column ")
                    .doesNotContain("Exception", "REDACTED", "fasterxml"));
  }

  @Test
  void text_notUtf8_isRefusedByThePlaceOfTheByte() {
    for (byte[] value :
        new byte[][] {{'k', ':', ' ', (byte) 0xff, 'x'}, {'k', ':', ' ', (byte) 0xc3}}) {
      assertThatExceptionOfType(CharacterCodingException.class)
          .isThrownBy(
              () -> ConfigEvent.text(new ConsumerRecord<>("rote.configs", 0, 0, null, value)))
          .withMessageContaining("must be text in UTF-8, was not from byte 3 on, 0x");
    }
  }

  @Test
  void text_withoutData_isRefused() {
    refused(event(Map.of(), null), "was null");
    refused(
        event(type("application/cloudevents+json"), structured("\"subject\": \"s\"")), "was null");
  }

  private static void refused(ConsumerRecord<byte[], byte[]> event, String message) {
    assertThatExceptionOfType(SpecException.class)
        .isThrownBy(() -> ConfigEvent.text(event))
        .withMessageContaining(message);
  }
}
