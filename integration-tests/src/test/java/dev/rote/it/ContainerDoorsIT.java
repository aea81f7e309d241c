package dev.rote.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rote.access.OwnKey;
import dev.rote.access.grpc.Channels;
import dev.rote.access.grpc.Tls;
import dev.rote.embedded.Addresses;
import dev.rote.embedded.Part;
import dev.rote.testkit.Laboratory;
import dev.rote.v1.ListSweepsRequest;
import dev.rote.v1.SweepsServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the ports of containers take from whoever does not encrypt, or shows no key. */
@OnContainers
@ExtendWith(SharedLaboratory.class)
class ContainerDoorsIT {
  private static final String ENCRYPTED = "https://";

  private final List<ManagedChannel> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(ManagedChannel::shutdownNow);
  }

  private ManagedChannel opened(ManagedChannel channel) {
    opened.add(channel);
    return channel;
  }

  private static ServingStatus health(ManagedChannel channel) {
    return HealthGrpc.newBlockingStub(channel)
        .withDeadlineAfter(20, TimeUnit.SECONDS)
        .check(HealthCheckRequest.getDefaultInstance())
        .getStatus();
  }

  @Test
  void shouldTakeNoPlainTextWhenGrpcIsCalled(Laboratory laboratory) {
    Addresses addresses = laboratory.site().addresses();
    assertThat(addresses.grpc()).hasSize(4);
    addresses
        .grpc()
        .forEach(
            (part, target) -> {
              assertThat(target).startsWith(ENCRYPTED);
              String plain = target.substring(ENCRYPTED.length());
              ManagedChannel channel = opened(Channels.open(plain, addresses::token));

              assertThat(
                      catchThrowableOfType(StatusRuntimeException.class, () -> health(channel))
                          .getStatus()
                          .getCode())
                  .as("%s", part)
                  .isEqualTo(Status.Code.UNAVAILABLE);
              assertThat(health(laboratory.channel(part))).isEqualTo(ServingStatus.SERVING);
            });
  }

  @Test
  void shouldTakeNoPlainTextWhenPageOrStoreAreAsked(Laboratory laboratory) {
    Addresses addresses = laboratory.site().addresses();
    URI page = Objects.requireNonNull(addresses.http().get(Part.SWEEPS));
    for (URI door : List.of(page, addresses.s3())) {
      assertThat(door).hasScheme("https");
      assertThatThrownBy(() -> answer("http://" + door.getAuthority()))
          .as("%s", door)
          .isInstanceOf(IOException.class);
    }
  }

  private static int answer(String address) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(address).toURL().openConnection();
    connection.setReadTimeout(20_000);
    return connection.getResponseCode();
  }

  @Test
  void shouldTakeNoPlainTextWhenKafkaIsAskedWithTheRightKey(Laboratory laboratory)
      throws Exception {
    Map<String, Object> plain = new HashMap<>(laboratory.site().addresses().kafkaClient());
    plain.put("request.timeout.ms", 1_000);
    plain.put("default.api.timeout.ms", 3_000);

    try (Admin encrypting = Admin.create(laboratory.kafka());
        Admin open = Admin.create(plain)) {
      assertThat(encrypting.listTopics().names().get(20, TimeUnit.SECONDS))
          .contains("rote.workflow");
      assertThatThrownBy(() -> open.listTopics().names().get(20, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class);
    }
  }

  @Test
  void shouldAskForAKeyWhenTheConnectionIsEncrypted(Laboratory laboratory) {
    String target = Objects.requireNonNull(laboratory.site().addresses().grpc().get(Part.SWEEPS));
    try (Tls tls = Laboratory.tls(laboratory.site())) {
      ManagedChannel keyless = opened(Channels.open(target, OwnKey.none(), tls));

      assertThat(
              catchThrowableOfType(
                      StatusRuntimeException.class,
                      () ->
                          SweepsServiceGrpc.newBlockingStub(keyless)
                              .listSweeps(ListSweepsRequest.getDefaultInstance()))
                  .getStatus()
                  .getCode())
          .isEqualTo(Status.Code.UNAUTHENTICATED);
    }
  }
}
