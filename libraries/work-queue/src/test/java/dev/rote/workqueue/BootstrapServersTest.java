package dev.rote.workqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapServersTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "broker:9092",
        "rote-kafka_1.example.com:9092,10.0.0.1:9093",
        "[::1]:9092,[fd00::2]:9092"
      })
  void checked_addresses(String servers) {
    assertThat(BootstrapServers.checked(servers)).isEqualTo(servers);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "broker", "broker:", ":9092", "http://broker:9092", "a:1, b:2", "a:1,", "a:b"})
  void checked_others_saysWhatToWrite(String servers) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BootstrapServers.checked(servers))
        .withMessageContaining("host:port")
        .withMessageContaining("\"" + servers + "\"");
  }
}
