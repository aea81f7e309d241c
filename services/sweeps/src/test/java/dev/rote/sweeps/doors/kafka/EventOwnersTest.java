package dev.rote.sweeps.doors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rote.sweeps.doors.Submitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventOwnersTest {
  /* printf 'metadata: {name: study}' | openssl dgst -sha256 -mac HMAC -macopt key:adas-secret-key */
  private static final String VALUE = "metadata: {name: study}";
  private static final String SIGNED =
      "0515bb0712d7dce80a476228c4e78eb71dd6026d80b3540229e20fa9554f277f";

  @TempDir Path directory;
  private EventOwners owners = new EventOwners("events", Optional.empty());

  @BeforeEach
  void write() throws IOException {
    Path file = directory.resolve("signers");
    Files.writeString(
        file, "# who signs\nada adas-secret-key vision\nbob bobs-secret-key\na|b x\n");
    owners = new EventOwners("events", Optional.of(file));
  }

  private static ConsumerRecord<byte[], byte[]> event(String value, String... headers) {
    ConsumerRecord<byte[], byte[]> event =
        new ConsumerRecord<>("rote.configs", 0, 0, null, value.getBytes(UTF_8));
    for (int i = 0; i < headers.length; i += 2) {
      event.headers().add(headers[i], headers[i + 1].getBytes(UTF_8));
    }
    return event;
  }

  private void refused(String words, ConsumerRecord<byte[], byte[]> event) {
    assertThatExceptionOfType(EventOwners.UnsignedException.class)
        .isThrownBy(() -> owners.of(event))
        .withMessageContaining(words)
        .withMessageNotContaining("secret");
  }

  @Test
  void event_ofNobody_isTheTopics() throws Exception {
    assertThat(owners.of(event(VALUE))).isEqualTo(Submitter.named("events"));
    assertThat(owners.of(event(VALUE, "rote-signature", SIGNED)))
        .isEqualTo(Submitter.named("events"));
  }

  @Test
  void event_signed_isItsOwners() throws Exception {
    Submitter ada = owners.of(event(VALUE, "rote-owner", "ada", "rote-signature", SIGNED));

    assertThat(ada.caller().name()).isEqualTo("ada");
    assertThat(ada.caller().group()).isEqualTo("vision");
    assertThat(ada.steersAll()).isFalse();
  }

  @Test
  void event_notSignedByItsOwner_isRefused() {
    refused("needs rote-signature", event(VALUE, "rote-owner", "ada"));
    String not = "is not HMAC-SHA256 of the value";
    refused(not, event(VALUE, "rote-owner", "bob", "rote-signature", SIGNED));
    refused(not, event(VALUE + " ", "rote-owner", "ada", "rote-signature", SIGNED));
    refused(not, event(VALUE, "rote-owner", "ada", "rote-signature", "no digits"));
    refused(not, event(VALUE, "rote-owner", "ada", "rote-signature", ""));
    refused("names nobody", event(VALUE, "rote-owner", "eve", "rote-signature", SIGNED));
    refused("names nobody", event(VALUE, "rote-owner", "#", "rote-signature", SIGNED));
    refused("names nobody", event(VALUE, "rote-owner", "a|b", "rote-signature", SIGNED));
  }

  @Test
  void event_signedWhereNobodySigns_isRefused() {
    owners = new EventOwners("events", Optional.empty());

    refused(
        "ROTE_ADMISSION_EVENT_SIGNERS",
        event(VALUE, "rote-owner", "ada", "rote-signature", SIGNED));
  }
}
