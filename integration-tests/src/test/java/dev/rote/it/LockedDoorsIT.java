package dev.rote.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rote.access.KeyHash;
import dev.rote.access.OwnKey;
import dev.rote.access.grpc.Channels;
import dev.rote.embedded.Part;
import dev.rote.grpcerrors.ApiErrors;
import dev.rote.testkit.Laboratory;
import dev.rote.v1.ClaimWorkRequest;
import dev.rote.v1.CorruptionServiceGrpc;
import dev.rote.v1.ListSweepsRequest;
import dev.rote.v1.MetricsServiceGrpc;
import dev.rote.v1.SubmitSweepRequest;
import dev.rote.v1.SweepsServiceGrpc;
import dev.rote.v1.TrainerServiceGrpc;
import dev.rote.v1.WorkServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What another user of the machine gets from every port of a stack, and what each key is good for.
 */
@ExtendWith(SharedLaboratory.class)
class LockedDoorsIT {
  private static final Map<Part, List<ServiceDescriptor>> SERVICES =
      Map.of(
          Part.SWEEPS,
          List.of(SweepsServiceGrpc.getServiceDescriptor(), WorkServiceGrpc.getServiceDescriptor()),
          Part.CORRUPTION,
          List.of(CorruptionServiceGrpc.getServiceDescriptor()),
          Part.TRAINER,
          List.of(TrainerServiceGrpc.getServiceDescriptor()),
          Part.METRICS,
          List.of(MetricsServiceGrpc.getServiceDescriptor()));

  private final List<ManagedChannel> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(ManagedChannel::shutdownNow);
  }

  private ManagedChannel channel(Laboratory laboratory, Part part, Optional<String> key) {
    String target = Objects.requireNonNull(laboratory.site().addresses().grpc().get(part));
    ManagedChannel channel = Channels.open(target, key.isEmpty() ? OwnKey.none() : () -> key);
    opened.add(channel);
    return channel;
  }

  private static String token(Laboratory laboratory) {
    return laboratory.site().addresses().token().orElseThrow();
  }

  /** How a call ends that sends headers and no message. */
  private static <Q, A> Status end(ManagedChannel channel, MethodDescriptor<Q, A> method)
      throws Exception {
    CompletableFuture<Status> end = new CompletableFuture<>();
    ClientCall<Q, A> call = channel.newCall(method, CallOptions.DEFAULT);
    call.start(
        new ClientCall.Listener<A>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            end.complete(status);
          }
        },
        new Metadata());
    call.request(1);
    // Headers of a call that sends one message wait for it, or for the end.
    call.halfClose();
    return end.get(20, TimeUnit.SECONDS);
  }

  @Test
  void shouldAskForAKeyWhenAnyMethodIsCalled(Laboratory laboratory) throws Exception {
    for (Part part : SERVICES.keySet()) {
      ManagedChannel keyless = channel(laboratory, part, Optional.empty());
      ManagedChannel stranger = channel(laboratory, part, Optional.of(KeyHash.newKey()));
      for (ServiceDescriptor service : SERVICES.get(part)) {
        for (MethodDescriptor<?, ?> method : service.getMethods()) {
          Status without = end(keyless, method);
          assertThat(without.getCode())
              .as(method.getFullMethodName())
              .isEqualTo(Status.Code.UNAUTHENTICATED);
          assertThat(without.getDescription()).contains("ROTE_TOKEN", "rote env");
          assertThat(end(stranger, method).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        }
      }
      assertThat(end(keyless, ServerReflectionGrpc.getServerReflectionInfoMethod()).getCode())
          .isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(
              HealthGrpc.newBlockingStub(keyless)
                  .check(HealthCheckRequest.getDefaultInstance())
                  .getStatus())
          .isEqualTo(ServingStatus.SERVING);
    }
  }

  @Test
  void shouldRefuseWhenAnObjectIsAskedForWithoutTheKey(Laboratory laboratory) throws Exception {
    HttpURLConnection connection =
        (HttpURLConnection) laboratory.site().addresses().s3().toURL().openConnection();

    assertThat(connection.getResponseCode()).isEqualTo(HttpURLConnection.HTTP_FORBIDDEN);
  }

  @Test
  void shouldFailToAuthenticateWhenKafkaIsAskedWithAnotherKey(Laboratory laboratory)
      throws Exception {
    Map<String, Object> stranger = new HashMap<>(laboratory.kafka());
    stranger.replaceAll(
        (name, value) ->
            value instanceof String text
                ? text.replace(token(laboratory), KeyHash.newKey())
                : value);
    Map<String, Object> keyless =
        Map.of(
            "bootstrap.servers", laboratory.site().addresses().kafka(),
            "request.timeout.ms", 1_000,
            "default.api.timeout.ms", 2_000);

    try (Admin own = Admin.create(laboratory.kafka());
        Admin other = Admin.create(stranger);
        Admin nobody = Admin.create(keyless)) {
      assertThat(own.listTopics().names().get(20, TimeUnit.SECONDS)).contains("rote.workflow");
      assertThatThrownBy(() -> other.listTopics().names().get(20, TimeUnit.SECONDS))
          .hasCauseInstanceOf(SaslAuthenticationException.class);
      assertThatThrownBy(() -> nobody.listTopics().names().get(20, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class);
    }
  }

  @Test
  void shouldDoNothingButWorkWhenTheKeyIsAWorkers(Laboratory laboratory) throws Exception {
    Optional<String> worker = Optional.of(KeyHash.derived(token(laboratory), "worker"));
    ManagedChannel channel = channel(laboratory, Part.SWEEPS, worker);

    StatusRuntimeException submit =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                SweepsServiceGrpc.newBlockingStub(channel)
                    .submitSweep(SubmitSweepRequest.getDefaultInstance()));
    assertThat(submit.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(ApiErrors.reason(submit)).contains("ROLE_MISSING");
    assertThat(submit.getStatus().getDescription())
        .contains("SubmitSweep is for submitter, operator, admin, and worker is worker here");
    Path log = laboratory.site().state().orElseThrow().resolve("logs").resolve("sweeps.log");
    assertThat(log)
        .content()
        .containsPattern(
            "caller=- from=/127\\.0\\.0\\.1:\\d+ method=rote\\.v1\\.SweepsService/SubmitSweep"
                + " result=PERMISSION_DENIED");
    assertThat(trail(laboratory, "SweepsService/SubmitSweep", "PERMISSION_DENIED"))
        .contains("\"caller\":\"-\"", "\"from\":\"/127.0.0.1:", "\"service\":\"rote-sweeps\"")
        .doesNotContain(worker.get());
    StatusRuntimeException claim =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                WorkServiceGrpc.newBlockingStub(channel)
                    .claimWork(ClaimWorkRequest.getDefaultInstance()));
    assertThat(claim.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void shouldHaveInTheTrailWhatACallerWasToldAndNotWhatWasThrown(Laboratory laboratory) {
    StatusRuntimeException refused =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> laboratory.sweeps().submitSweep(SubmitSweepRequest.getDefaultInstance()));

    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(trail(laboratory, "SweepsService/SubmitSweep", "INVALID_ARGUMENT"))
        .contains("\"service\":\"rote-sweeps\"");
  }

  /** The first line of the trail on its topic that has some words. */
  private static String trail(Laboratory laboratory, String... words) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            laboratory.kafka(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(new TopicPartition("rote.audit", 0)));
      consumer.seekToBeginning(consumer.assignment());
      for (int i = 0; i < 60; i++) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(500))) {
          String line = new String(record.value(), StandardCharsets.UTF_8);
          if (List.of(words).stream().allMatch(line::contains)) {
            return line;
          }
        }
      }
      throw new AssertionError("the trail has no line with " + List.of(words));
    }
  }

  @Test
  void shouldBeTheOwnersAloneWhenKeysAreWritten(Laboratory laboratory) throws Exception {
    Path state = laboratory.site().state().orElseThrow();

    for (String file : List.of("stack.json", "access.keys")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve(file))))
          .as(file)
          .isEqualTo("rw-------");
    }
    assertThat(state.resolve("access.keys")).content().doesNotContain(token(laboratory));
    for (Part part : SERVICES.keySet()) {
      assertThat(state.resolve("logs").resolve(part.word() + ".log"))
          .content()
          .doesNotContain(token(laboratory));
    }
  }

  @Test
  void shouldLetInAndOutWithoutARestartWhenTheFileOfKeysIsChanged(Laboratory laboratory)
      throws Exception {
    Path keys = laboratory.site().state().orElseThrow().resolve("access.keys");
    String before = Files.readString(keys);
    String key = KeyHash.newKey();
    ManagedChannel channel = channel(laboratory, Part.SWEEPS, Optional.of(key));

    Files.writeString(keys, KeyHash.of(key) + " guest viewer\n", StandardOpenOption.APPEND);
    await(channel, Status.Code.OK);
    Files.writeString(keys, before);
    await(channel, Status.Code.UNAUTHENTICATED);
  }

  private static void await(ManagedChannel channel, Status.Code wanted) throws Exception {
    Status.Code last = list(channel);
    for (int i = 0; i < 100 && last != wanted; i++) {
      Thread.sleep(50);
      last = list(channel);
    }
    assertThat(last).isEqualTo(wanted);
  }

  private static Status.Code list(ManagedChannel channel) {
    try {
      SweepsServiceGrpc.newBlockingStub(channel).listSweeps(ListSweepsRequest.getDefaultInstance());
      return Status.Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    }
  }
}
