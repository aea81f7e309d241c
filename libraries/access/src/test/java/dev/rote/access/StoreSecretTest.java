package dev.rote.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoreSecretTest {

  @Test
  void checked_oneInPrint_isForLoopbackAlone() {
    for (String host : List.of("localhost", "127.0.0.1", "127.8.8.8", "[::1]", "s3.localhost")) {
      assertThat(StoreSecret.checked(Optional.of("rote-secret"), host)).isEqualTo("rote-secret");
    }
    for (String host :
        List.of(
            "object-store", "0.0.0.0", "10.0.0.7", "[::]", "localhost.example", "127.example")) {
      assertThatIllegalArgumentException()
          .as(host)
          .isThrownBy(() -> StoreSecret.checked(Optional.of("rote-secret"), host))
          .withMessageContainingAll("ROTE_S3_SECRET_KEY", "everybody knows", host, "openssl rand")
          .withMessageNotContaining("rote-secret");
    }
  }

  @Test
  void checked_none_saysWhatToSet() {
    for (Optional<String> none : List.of(Optional.<String>empty(), Optional.of(" "))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> StoreSecret.checked(none, "localhost"))
          .withMessageContaining("ROTE_S3_SECRET_KEY is not set");
    }
  }

  @Test
  void checked_oneOfTheInstallation_isForAnyHost() {
    assertThat(StoreSecret.checked(Optional.of(KeyHash.newKey()), "object-store")).hasSize(64);
  }
}
